import { announceStack } from './environment.ts';
import { rememberStack } from './global-stack.ts';
import { startStackProcess } from './stack-process.ts';

/** Jest: once before the integration tests. */
export default async function setup(): Promise<void> {
  const running = await startStackProcess();
  rememberStack(running);
  announceStack(running.stack);
}
