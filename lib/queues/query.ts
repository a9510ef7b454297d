import { db } from '#lib/db/index';
import type { QueueInfo } from './types.ts';

/** All queues with what stands in them, counted in Postgres. */
export async function listQueues(): Promise<QueueInfo[]> {
  return db()<QueueInfo[]>`
    select q.name, q.concurrency, q.high_water as "highWater", q.paused,
      coalesce(t.waiting, 0) as waiting, coalesce(t.running, 0) as running,
      coalesce(extract(epoch from clock_timestamp() - t.oldest), 0)::float8 as "oldestWaitingSeconds"
    from queues q
    left join (
      select queue,
        count(*) filter (where state = 'pending') as waiting,
        count(*) filter (where state = 'running') as running,
        min(ready_at) filter (where state = 'pending') as oldest
      from tasks where state in ('pending', 'running') group by queue
    ) t on t.queue = q.name
    order by q.name`;
}

/** The settings that dispatch and workers need. */
export type QueueSettings = { name: string; concurrency: number; highWater: number; paused: boolean };

/** Settings of all queues. */
export async function queueSettings(): Promise<QueueSettings[]> {
  return db()<QueueSettings[]>`select name, concurrency, high_water as "highWater", paused from queues order by name`;
}

/** Makes the queues that definitions name and nobody made yet, with default settings. */
export async function ensureQueues(names: string[]): Promise<void> {
  await db()`insert into queues (name) select distinct unnest(${names}::text[]) on conflict do nothing`;
}
