import type { PeerName } from '../peers/names.ts';
import type { PeerProcess } from '../peers/spawn.ts';

/** A peer that is open: one process that adds tasks and one that runs them, as a user has them. */
export type Pair = {
  name: PeerName;
  producer: PeerProcess;
  worker: PeerProcess;
  /** Bodies that run at once in the worker, the same for every peer. */
  concurrency: number;
};

/** Tasks a round: sized so that each measurement takes a second or two. */
export type Sizes = { tasks: number; singly: number };

const rates: Record<PeerName, number> = {
  taskdeck: 20_000,
  'taskdeck-1m': 20_000,
  'taskdeck-postgres': 5_000,
  'bullmq-redis': 40_000,
  'bullmq-postgres': 10_000,
  'pg-boss': 10_000,
  'graphile-worker': 20_000,
  plain: 1_000,
};

/** How many tasks a round of that peer takes; `quick` takes a fifth. */
export function sizesOf(name: PeerName, quick: boolean): Sizes {
  const share = quick ? 0.2 : 1;
  const tasks = Math.round(rates[name] * share);
  return { tasks, singly: Math.max(100, Math.round(tasks / 10)) };
}

/** Tasks a second. */
export const rate = (count: number, { startedAt, endedAt }: { startedAt: number; endedAt: number }): number =>
  count / ((endedAt - startedAt) / 1_000);
