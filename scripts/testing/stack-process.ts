import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nodeBinary } from '../../supabase/local/node-program.ts';
import type { TestStack } from './environment.ts';

/** The running stack and how to stop it. */
export type StackProcess = { stack: TestStack; stop(): Promise<void> };

/**
 * Starts stack.ts under a Node that runs TypeScript and waits for its line.
 * @throws Error when it ends before; what it printed stands above
 */
export async function startStackProcess(): Promise<StackProcess> {
  const program = join(process.cwd(), 'scripts', 'testing', 'stack.ts');
  // A group of its own: Ctrl-C reaches Jest, and the stack stops when Jest's end of its standard input closes.
  const child = spawn(nodeBinary(), [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const exited = once(child, 'exit');
  const stack = await firstLine(child);
  return {
    stack: JSON.parse(stack) as TestStack,
    async stop() {
      child.stdin?.end();
      await exited;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`The tests' servers did not start (exit code ${code}); the reason is printed above`)),
    );
    if (child.stdout) createInterface({ input: child.stdout }).once('line', resolve);
  });
}
