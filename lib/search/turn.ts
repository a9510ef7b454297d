import { db } from '#lib/db/index';
import { indexChanged } from './indexer.ts';

/** A turn, and how much longer than it the rest after it: a quarter of the time is for documents. */
const turnMs = 80;
const restFactor = 3;
/** A turn whose process dies keeps the others waiting no longer. */
const longestTurn = '30 seconds';

/**
 * Writes documents for a while, when it is time: a burst of tasks is run first and found a moment later. Any number of
 * processes may call it, as often as they like; together they take a quarter of the time.
 */
export async function indexInTurn(): Promise<void> {
  const { count } = await db()`
    update search_indexer set rest_until = clock_timestamp() + ${longestTurn}::interval where rest_until <= clock_timestamp()`;
  if (count === 0) return;
  const started = performance.now();
  try {
    while ((await indexChanged()) > 0 && performance.now() - started < turnMs);
  } finally {
    const restMs = (performance.now() - started) * restFactor;
    await db()`update search_indexer set rest_until = clock_timestamp() + ${restMs} * interval '1 millisecond'`;
  }
}
