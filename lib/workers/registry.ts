import { db } from '#lib/db/index';
import type { WorkerInfo } from './types.ts';

/** A worker that has not beaten for this long is taken for dead. */
export const aliveSeconds = 15;

type Registration = Pick<WorkerInfo, 'id' | 'host' | 'pid' | 'version' | 'queues' | 'slots'>;

/** Makes the worker known. */
export async function registerWorker(worker: Registration): Promise<void> {
  await db()`
    insert into workers (id, host, pid, version, queues, slots, state)
    values (${worker.id}, ${worker.host}, ${worker.pid}, ${worker.version}, ${worker.queues}, ${worker.slots}, 'running')`;
}

/** Says that the worker lives, and in which state. */
export async function beatWorker(id: string, state: WorkerInfo['state']): Promise<void> {
  await db()`update workers set beat_at = clock_timestamp(), state = ${state} where id = ${id}`;
}

/** All workers seen in the last hour, the live ones first. */
export async function listWorkers(): Promise<WorkerInfo[]> {
  const rows = await db()<(Omit<WorkerInfo, 'startedAt' | 'beatAt'> & { startedAt: Date; beatAt: Date })[]>`
    select id, host, pid, version, queues, slots, state, started_at as "startedAt", beat_at as "beatAt",
      state <> 'stopped' and beat_at > clock_timestamp() - ${aliveSeconds} * interval '1 second' as alive,
      (select count(*) from tasks where tasks.state = 'running' and tasks.worker_id = workers.id) as running
    from workers where beat_at > clock_timestamp() - interval '1 hour'
    order by alive desc, started_at desc limit 100`;
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString(), beatAt: row.beatAt.toISOString() }));
}

/** Forgets workers that have been gone for a day. */
export async function forgetWorkers(): Promise<void> {
  await db()`delete from workers where beat_at < clock_timestamp() - interval '1 day'`;
}
