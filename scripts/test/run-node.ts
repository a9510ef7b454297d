import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a JavaScript program of node_modules with its output on the screen. Returns its exit code. */
export async function runNode(args: string[], env: Record<string, string> = {}): Promise<number> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}
