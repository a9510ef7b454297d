import { log } from '#lib/observability/index';
import { type Child, startChild } from './child-process.ts';

export type Pool = {
  /** A process with that limit of memory: one that waits, else a new one. */
  take(memoryMb: number): Child;
  /** Gives one back that may run another handler. */
  rest(child: Child): void;
  /** Has one wait, so that the next task need not wait for its start. */
  keepSpare(memoryMb: number): void;
  /** Kills all of them. */
  stop(): void;
};

/** Milliseconds after which a process that waits is ended, except for the last of its size. */
const idleMs = 60_000;

/**
 * The processes of the isolated handlers: as many as run at once, and one of each size that waits.
 *
 * @param sources URLs of the files that export the definitions.
 */
export function createPool(sources: string[]): Pool {
  const all = new Set<Child>();
  const idle = new Map<Child, NodeJS.Timeout>();
  let stopped = false;

  const idleOf = (memoryMb: number) => [...idle.keys()].filter((child) => child.memoryMb === memoryMb);

  function leaveIdle(child: Child): void {
    clearTimeout(idle.get(child));
    idle.delete(child);
  }

  function start(memoryMb: number): Child {
    const child = startChild(memoryMb, sources);
    all.add(child);
    void child.exited.then((reason) => {
      if (idle.has(child) && !stopped) log.warn('A process of isolated handlers ended while it waited', { reason });
      all.delete(child);
      leaveIdle(child);
    });
    return child;
  }

  function endSurplus(child: Child): void {
    if (idleOf(child.memoryMb).length === 1) return;
    leaveIdle(child);
    void child.kill();
  }

  function rest(child: Child): void {
    if (!stopped && all.has(child)) idle.set(child, setTimeout(() => endSurplus(child), idleMs).unref());
  }

  return {
    take: (memoryMb) => {
      const child = idleOf(memoryMb).at(-1);
      if (!child) return start(memoryMb);
      leaveIdle(child);
      return child;
    },
    rest,
    keepSpare: (memoryMb) => {
      if (!stopped && idleOf(memoryMb).length === 0) rest(start(memoryMb));
    },
    stop: () => {
      stopped = true;
      for (const child of idle.keys()) leaveIdle(child);
      for (const child of all) void child.kill();
    },
  };
}
