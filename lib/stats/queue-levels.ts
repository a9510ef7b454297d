import { db } from '#lib/db/index';
import { readDepths } from './counts.ts';
import type { QueueLevel } from './types.ts';

/** What stands in each queue that has any task pending or running. */
export async function readQueueLevels(): Promise<QueueLevel[]> {
  const [depths, oldest] = await Promise.all([
    readDepths(),
    db()<{ queue: string; seconds: number | null }[]>`
      select q.name as queue, greatest(0, date_part('epoch', clock_timestamp() - (
        select min(ready_at) from tasks where queue = q.name and state = 'pending'))) as seconds
      from queues q`,
  ]);
  const levels = new Map<string, QueueLevel>();
  for (const { queue, state, count } of depths) {
    if (state !== 'pending' && state !== 'running') continue;
    const level = levels.get(queue) ?? { queue, waiting: 0, running: 0, oldestWaitingSeconds: null };
    levels.set(queue, level);
    level[state === 'pending' ? 'waiting' : 'running'] = count;
  }
  for (const { queue, seconds } of oldest) {
    const level = levels.get(queue);
    // Postgres' greatest() passes over null: the queue has nothing that waits.
    if (level) level.oldestWaitingSeconds = level.waiting > 0 ? seconds : null;
  }
  return [...levels.values()];
}
