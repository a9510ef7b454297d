import { recallStack } from './global-stack.ts';

/** Jest: once after the integration tests. */
export default async function teardown(): Promise<void> {
  await recallStack()?.stop();
}
