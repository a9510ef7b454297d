import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { findMarked } from './marked.ts';

/** Files more than at first: connections that handlers share are among them. */
const maxLeftOpen = 64;

/**
 * Looks, after each handler, for what it left in its process and the next one would suffer from.
 *
 * @param mark of this process: see marked.ts
 * @returns what was found, in words for the handler's log; undefined when the process is as good as before.
 */
export function createLeftovers(mark: string): () => string | undefined {
  const openAtFirst = countOpenFiles();
  const mayHaveStarted = createSuspicion();
  const look = (): string | undefined => {
    const open = countOpenFiles();
    if (open === Infinity) return 'no file that could still be opened';
    if (open - openAtFirst > maxLeftOpen) return `about ${open - openAtFirst} files open`;
    const running = mayHaveStarted() ? findMarked(mark).filter((pid) => pid !== process.pid).length : 0;
    return running > 0 ? `${running} processes running` : undefined;
  };
  return () => {
    try {
      return look();
    } catch (error) {
      // It has closed files that were not its own, those that tell among them.
      return `its process in a state that cannot be seen (${String(error)})`;
    }
  };
}

/** About as many as are open: a file gets the lowest number that is free. */
function countOpenFiles(): number {
  try {
    const next = openSync(devNull, 'r');
    closeSync(next);
    return next;
  } catch {
    return Infinity;
  }
}

/**
 * The search through all processes takes milliseconds, this microseconds: whether since the last look a process was
 * started here, which has been waited for, or still is a child. Only Linux tells; elsewhere no process is suspected.
 */
function createSuspicion(): () => boolean {
  const childrenFile = `/proc/self/task/${process.pid}/children`;
  if (!existsSync('/proc/self/stat')) return () => false;
  // A kernel may be built without it.
  if (!existsSync(childrenFile)) return () => true;
  const [stat, children] = [openSync('/proc/self/stat', 'r'), openSync(childrenFile, 'r')];
  // Page faults of the children that were waited for, which the kernel adds up.
  const look = () => ({ waits: read(stat).split(') ')[1]?.split(' ')[8], threads: statSync('/proc/self/task').nlink });
  let known = look();
  return () => {
    const now = look();
    // A thread may have children of its own.
    const isSuspect = now.waits !== known.waits || now.threads !== known.threads || read(children) !== '';
    known = now;
    return isSuspect;
  };
}

const text = Buffer.alloc(1_024);

/** What a file of /proc says now: it is made anew for who reads it from its beginning. */
const read = (file: number): string => text.toString('latin1', 0, readSync(file, text, 0, text.length, 0));
