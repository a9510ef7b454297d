import { db } from '#lib/db/index';
import type { WorkerInfo } from './types.ts';

/** A worker, or a pool, that has not beaten for this long is taken for dead. */
export const aliveSeconds = 15;

type Registration = Pick<WorkerInfo, 'id' | 'host' | 'pid' | 'version' | 'poolId'>;
type Vitals = Pick<WorkerInfo, 'state' | 'healthy' | 'memoryBytes' | 'eventLoopLagMs' | 'leaked' | 'queueSlots'> & {
  consumedAt: Date;
};

/** Makes the worker known. Its first beat says the rest. */
export async function registerWorker(worker: Registration): Promise<void> {
  await db()`
    insert into workers (id, host, pid, version, pool_id, queues, slots, state)
    values (${worker.id}, ${worker.host}, ${worker.pid}, ${worker.version}, ${worker.poolId}, '{}', 0, 'running')`;
}

/** Says that the worker lives, and how. */
export async function beatWorker(id: string, vitals: Vitals): Promise<void> {
  const { state, healthy, memoryBytes, eventLoopLagMs, leaked, queueSlots, consumedAt } = vitals;
  const slots = Object.values(queueSlots).reduce((sum, queue) => sum + queue, 0);
  await db()`
    update workers set beat_at = clock_timestamp(), state = ${state}, healthy = ${healthy}, memory_bytes = ${memoryBytes},
      event_loop_lag_ms = ${eventLoopLagMs}, leaked = ${leaked}, consumed_at = ${consumedAt}, slots = ${slots},
      queues = ${Object.keys(queueSlots)}, queue_slots = ${JSON.stringify(queueSlots)}::text::jsonb
    where id = ${id}`;
}

type Row = Omit<WorkerInfo, 'consumedAt' | 'startedAt' | 'beatAt'> & {
  consumedAt: Date | null;
  startedAt: Date;
  beatAt: Date;
};

/** All workers seen in the last hour, the live ones first. */
export async function listWorkers(): Promise<WorkerInfo[]> {
  const rows = await db()<Row[]>`
    select w.id, w.host, w.pid, w.version, w.pool_id as "poolId", w.queues, w.slots, w.queue_slots as "queueSlots", w.leaked,
      w.state, w.healthy, w.memory_bytes as "memoryBytes", w.event_loop_lag_ms as "eventLoopLagMs",
      w.consumed_at as "consumedAt", w.started_at as "startedAt", w.beat_at as "beatAt",
      w.state <> 'stopped' and w.beat_at > clock_timestamp() - ${aliveSeconds} * interval '1 second' as alive,
      coalesce(r.running, 0) as running
    from workers w
    left join (select worker_id, count(*) as running from tasks where state = 'running' group by worker_id) r on r.worker_id = w.id
    where w.beat_at > clock_timestamp() - interval '1 hour'
    order by alive desc, w.started_at desc limit 200`;
  return rows.map((row) => ({
    ...row,
    consumedAt: row.consumedAt?.toISOString() ?? null,
    startedAt: row.startedAt.toISOString(),
    beatAt: row.beatAt.toISOString(),
  }));
}

/**
 * Forgets workers and pools that have been gone for a day, and what was said to them.
 *
 * @returns the ids of the workers.
 */
export async function forgetWorkers(): Promise<string[]> {
  const gone = await db()<{ id: string }[]>`
    delete from workers where beat_at < clock_timestamp() - interval '1 day' returning id`;
  await db()`delete from worker_pools where beat_at < clock_timestamp() - interval '1 day'`;
  await db()`delete from worker_commands where created_at < clock_timestamp() - interval '1 day'`;
  return gone.map(({ id }) => id);
}
