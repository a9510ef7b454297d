import { z } from 'zod';
import { audit } from '#lib/audit/index';
import type { Actor } from '#lib/access/types';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { publishWorkers } from '#lib/realtime/index';
import { send } from './commands.ts';
import { aliveSeconds } from './registry.ts';
import type { PoolInfo } from './types.ts';

/** The body of a scale. */
export const scaleSchema = z.strictObject({ size: z.int({ error: 'must be a whole number' }).min(0).max(64) });

/** Makes the pool known. */
export async function registerPool(
  pool: Pick<PoolInfo, 'id' | 'host' | 'pid' | 'size' | 'minSize' | 'maxSize'>,
): Promise<void> {
  await db()`
    insert into worker_pools (id, host, pid, size, min_size, max_size)
    values (${pool.id}, ${pool.host}, ${pool.pid}, ${pool.size}, ${pool.minSize}, ${pool.maxSize})`;
}

/** Says that the pool lives, and how many processes it wants. */
export async function beatPool(id: string, size: number): Promise<void> {
  await db()`update worker_pools set beat_at = clock_timestamp(), size = ${size} where id = ${id}`;
}

/** Takes a pool that ends in order off the list. */
export async function forgetPool(id: string): Promise<void> {
  await db()`delete from worker_pools where id = ${id}`;
}

/** All pools seen in the last hour, the live ones first. */
export async function listPools(): Promise<PoolInfo[]> {
  const rows = await db()<(Omit<PoolInfo, 'startedAt' | 'beatAt'> & { startedAt: Date; beatAt: Date })[]>`
    select p.id, p.host, p.pid, p.size, p.min_size as "minSize", p.max_size as "maxSize", p.started_at as "startedAt",
      p.beat_at as "beatAt", p.beat_at > clock_timestamp() - ${aliveSeconds} * interval '1 second' as alive,
      (select count(*) from workers w where w.pool_id = p.id and w.state <> 'stopped'
        and w.beat_at > clock_timestamp() - ${aliveSeconds} * interval '1 second') as workers
    from worker_pools p where p.beat_at > clock_timestamp() - interval '1 hour'
    order by alive desc, p.started_at desc limit 100`;
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString(), beatAt: row.beatAt.toISOString() }));
}

/**
 * Tells a pool how many worker processes to keep; it does so within a second, and the ones that are too many drain first.
 *
 * @param size 0: none; `start`: as many as it keeps when idle, at least one.
 * @throws TaskdeckError not_found, conflict (it does not answer), invalid (above its maximum).
 */
export async function scalePool(actor: Actor, id: string, size: number | 'start'): Promise<{ size: number }> {
  const wanted = await db().begin(async (tx) => {
    const [pool] = await tx<Pick<PoolInfo, 'minSize' | 'maxSize' | 'alive'>[]>`
      select min_size as "minSize", max_size as "maxSize",
        beat_at > clock_timestamp() - ${aliveSeconds} * interval '1 second' as alive
      from worker_pools where id = ${id} for no key update`;
    if (!pool) throw new TaskdeckError('not_found', 'There is no such pool.');
    if (!pool.alive) throw new TaskdeckError('conflict', `The pool has not answered for ${aliveSeconds} seconds.`);
    const processes = size === 'start' ? Math.max(1, pool.minSize) : size;
    if (processes > pool.maxSize) {
      throw new TaskdeckError('invalid', `The pool keeps at most ${pool.maxSize} processes.`, {
        hint: 'WORKER_PROCESSES_MAX sets its maximum.',
        fields: [{ pointer: '/size', message: `must be at most ${pool.maxSize}` }],
      });
    }
    await tx`update worker_pools set size = ${processes} where id = ${id}`;
    await send(tx, actor, id, { command: 'scale', size: processes });
    await audit(tx, actor, 'pool.scale', `pool:${id}`, { size: processes });
    return processes;
  });
  await publishWorkers();
  return { size: wanted };
}
