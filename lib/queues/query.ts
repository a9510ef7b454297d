import { db } from '#lib/db/index';
import { readQueueLevels } from '#lib/stats/index';
import type { QueueInfo, QueueSettings } from './types.ts';

/** The columns of `queues q` as QueueSettings. */
export const settingsColumns = () => db()`
  q.name, q.concurrency, q.high_water as "highWater", q.global_concurrency as "globalConcurrency",
  case when q.rate_limit_max is not null then jsonb_build_object('max', q.rate_limit_max, 'perMs', q.rate_limit_ms) end as "rateLimit",
  q.waiting_limit as "waitingLimit", q.serial, q.paused, q.draining`;

async function infoOf(name: string | null): Promise<QueueInfo[]> {
  const [queues, levels] = await Promise.all([
    db()<QueueSettings[]>`
      select ${settingsColumns()} from queues q where ${name}::text is null or q.name = ${name} order by q.name`,
    readQueueLevels(),
  ]);
  return queues.map((queue) => {
    const level = levels.find(({ queue: of }) => of === queue.name);
    return {
      ...queue,
      waiting: level?.waiting ?? 0,
      running: level?.running ?? 0,
      oldestWaitingSeconds: level?.oldestWaitingSeconds ?? 0,
    };
  });
}

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
