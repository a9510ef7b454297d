import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Each shell starts two until the fourth generation, says that it is there, and sleeps: 31 processes, and never more. */
const script = `
  grow() {
    if [ "$1" -gt 0 ]; then
      grow $(($1 - 1)) &
      grow $(($1 - 1)) &
    fi
    echo up
    exec sleep 600 > /dev/null
  }
  grow 4`;

/**
 * Starts processes that start processes, 31 in all, and leaves them alone.
 *
 * @param options.detached has them leave the group and the session of this process.
 * @returns how many said that they are there, when all of them sleep.
 */
export async function growProcesses({ detached }: { detached: boolean }): Promise<number> {
  const shell = spawn('sh', ['-c', script], { detached, stdio: ['ignore', 'pipe', 'ignore'] });
  shell.unref();
  const lines = [];
  for await (const line of createInterface({ input: shell.stdout })) lines.push(line);
  return lines.length;
}
