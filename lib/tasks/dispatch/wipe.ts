import { db } from '#lib/db/index';
import { log } from '#lib/observability/index';
import { assertAllLimits, engine } from '#lib/queues/index';

let mark: string | undefined;

async function readMark(): Promise<string> {
  const [row] = await db()<{ id: string }[]>`select id from queue_epoch`;
  if (!row) throw new Error('queue_epoch has no row');
  return row.id;
}

/**
 * WIPE: a Redis that lacks our mark has lost its jobs, or is a new one, and with them pauses and limits, which come back first.
 * Then all pending tasks are due again, and the mark is set last: a crash in between only sends them once more, and ids and claims make that harmless.
 *
 * @returns how many tasks are to be sent again.
 * @throws TaskdeckError unavailable when BullMQ's backend is down.
 */
export async function recoverWipe(): Promise<number> {
  mark ??= await readMark();
  if (await engine().hasMark(mark)) return 0;
  // From here on nobody notes as sent what was sent before, and is lost.
  await db()`update queue_epoch set recovered_at = clock_timestamp()`;
  await assertAllLimits();
  // Those above the high-water mark, or without room in their concurrency key, never stood in Redis: only the ones that were sent, at most some thousands, are written.
  const { count } = await db()`
    update tasks set dispatch_at = clock_timestamp()
    where id in (select id from tasks where state = 'pending' and dispatch_at > clock_timestamp() and dispatch_at < 'infinity' order by id for no key update skip locked)`;
  await engine().setMark(mark);
  if (count > 0) log.warn('Redis was empty; what it had lost is sent again', { tasks: count });
  return count;
}
