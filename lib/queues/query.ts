import { db } from '#lib/db/index';
import type { QueueInfo, QueueSettings } from './types.ts';

/** The columns of `queues q` as QueueSettings. */
export const settingsColumns = () => db()`
  q.name, q.concurrency, q.high_water as "highWater", q.global_concurrency as "globalConcurrency",
  case when q.rate_limit_max is not null then jsonb_build_object('max', q.rate_limit_max, 'perMs', q.rate_limit_ms) end as "rateLimit",
  q.waiting_limit as "waitingLimit", q.serial, q.paused, q.draining`;

const infoOf = (name: string | null) => db()<QueueInfo[]>`
  select ${settingsColumns()}, coalesce(t.waiting, 0) as waiting, coalesce(t.running, 0) as running,
    coalesce(extract(epoch from clock_timestamp() - t.oldest), 0)::float8 as "oldestWaitingSeconds"
  from queues q
  left join (
    select queue,
      count(*) filter (where state = 'pending') as waiting,
      count(*) filter (where state = 'running') as running,
      min(ready_at) filter (where state = 'pending') as oldest
    from tasks where state in ('pending', 'running') and (${name}::text is null or queue = ${name}) group by queue
  ) t on t.queue = q.name
  where ${name}::text is null or q.name = ${name}
  order by q.name`;

/** All queues with what stands in them. */
export const listQueues = async (): Promise<QueueInfo[]> => infoOf(null);

/** One queue with what stands in it; undefined when there is none of that name. */
export const getQueue = async (name: string): Promise<QueueInfo | undefined> => (await infoOf(name))[0];

/** Settings of all queues. */
export async function queueSettings(): Promise<QueueSettings[]> {
  return db()<QueueSettings[]>`select ${settingsColumns()} from queues q order by q.name`;
}

/** Makes the queues that definitions name and nobody made yet, with default settings. */
export async function ensureQueues(names: string[]): Promise<void> {
  await db()`insert into queues (name) select distinct unnest(${names}::text[]) on conflict do nothing`;
}
