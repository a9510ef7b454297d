import type { StackProcess } from './stack-process.ts';

/** Jest loads setup and teardown apart from each other; what they share stands on globalThis. */
const holder = globalThis as { [key: symbol]: StackProcess | undefined };
const key = Symbol.for('taskdeck.test-stack');

export function rememberStack(running: StackProcess): void {
  holder[key] = running;
}

export const recallStack = (): StackProcess | undefined => holder[key];
