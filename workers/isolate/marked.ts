import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * The variable by which the process of isolated handlers is known. What it starts inherits it, also what leaves its group
 * or outlives whoever started it.
 */
export const markVariable = 'TASKDECK_ISOLATE';

const limitMs = 5_000;
const pauseMs = 20;

/** Ids of the processes that bear the mark. Linux alone shows it: elsewhere none is found. */
export function findMarked(mark: string): number[] {
  if (!existsSync('/proc/self/environ')) return [];
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => bears(pid, `${markVariable}=${mark}`));
}

function bears(pid: number, entry: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(entry);
  } catch {
    // It has ended by now, or is another user's.
    return false;
  }
}

/**
 * Kills the processes that bear the mark, all but `except`, until none is left: one may start another while it is killed.
 *
 * @returns those that are left after five seconds.
 */
export async function killMarked(mark: string, except?: number): Promise<number[]> {
  const find = () => findMarked(mark).filter((pid) => pid !== except);
  const end = performance.now() + limitMs;
  let left = find();
  while (left.length > 0 && performance.now() < end) {
    left.forEach(kill);
    await delay(pauseMs);
    left = find();
  }
  return left;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by now.
  }
}
