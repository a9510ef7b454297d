import { db, type Queryable } from '#lib/db/index';
import { log } from '#lib/observability/index';
import { publishBulk } from '#lib/realtime/index';
import { announceVerb, applyVerb, type TaskFilter, walkTasks } from '#lib/tasks/index';
import type { ControlVerb } from '#lib/tasks/types';
import { bulkColumns, type BulkRow, toBulk } from './row.ts';

/** Steps a second, and tasks that a step takes at most: a step's locks are held for milliseconds. */
const stepsPerSecond = 5;
const maxStep = 500;

type Due = {
  id: string;
  verb: ControlVerb;
  named: boolean;
  filter: TaskFilter | null;
  args: { reason?: string; again?: boolean };
  perSecond: number;
  cursor: string | null;
  lastId: string;
  createdBy: string;
};

/**
 * Takes the next step of one bulk operation that is due: some tasks after its cursor, and the cursor, in one transaction, so
 * that a crash repeats nothing and leaves nothing out. Any number of processes may call it; one that is in work is skipped.
 *
 * @returns true when a step was taken, and another may be due.
 */
export async function stepBulk(): Promise<boolean> {
  let due: Due | undefined;
  try {
    const stepped = await db().begin(async (tx) => {
      due = await takeDue(tx);
      return due && step(tx, due);
    });
    if (!stepped) return false;
    announceVerb(stepped.verb, stepped.rows);
    publishBulk(toBulk(stepped.operation));
    return true;
  } catch (error) {
    if (!due) throw error;
    log.warn('A step of a bulk operation failed and is tried again', { bulkId: due.id, error });
    await postpone(due.id);
    return true;
  }
}

async function takeDue(tx: Queryable): Promise<Due | undefined> {
  const [due] = await tx<Due[]>`
    select id, verb, ids is not null as named, filter, args, per_second as "perSecond", cursor, last_id as "lastId",
      created_by as "createdBy"
    from bulk_operations where state = 'running' and next_at <= clock_timestamp()
    order by next_at limit 1 for no key update skip locked`;
  return due;
}

async function step(tx: Queryable, due: Due) {
  const { id, verb, args, perSecond, createdBy } = due;
  const limit = Math.min(maxStep, Math.ceil(perSecond / stepsPerSecond));
  const { ids, next } = await nextTasks(tx, due, limit);
  const rows = ids.length > 0 ? await applyVerb(tx, verb, ids, { ...args, by: createdBy }) : [];
  // A worker that was away for a while makes up for a second of it, and not for all.
  const [operation] = await tx<BulkRow[]>`
    update bulk_operations set
      cursor = ${next ?? due.cursor}, done = done + ${rows.length}, skipped = skipped + ${ids.length - rows.length},
      state = ${next === null ? 'completed' : 'running'},
      finished_at = case when ${next === null} then clock_timestamp() end,
      next_at = greatest(next_at, clock_timestamp() - interval '1 second') + ${ids.length / perSecond} * interval '1 second'
    where id = ${id} returning ${bulkColumns()}`;
  if (!operation) throw new Error(`bulk operation ${id} is gone while it was locked`);
  return { verb, rows, operation };
}

/** The tasks after the cursor, in the order of ids; `next` is null when there are no more. */
async function nextTasks(tx: Queryable, due: Due, limit: number): Promise<{ ids: string[]; next: string | null }> {
  const { id, named, filter, cursor, lastId } = due;
  if (!named) return walkTasks(tx, filter ?? {}, { order: 'asc', from: cursor, last: lastId, limit });
  const rows = await tx<{ id: string }[]>`
    select named.id from bulk_operations, unnest(ids) as named (id)
    where bulk_operations.id = ${id} ${cursor ? db()`and named.id > ${cursor}` : db()``} order by named.id limit ${limit}`;
  return { ids: rows.map((row) => row.id), next: rows.length < limit ? null : (rows.at(-1)?.id ?? null) };
}

/** What fails is not in the way of the others. */
async function postpone(id: string): Promise<void> {
  await db()`
    update bulk_operations set next_at = clock_timestamp() + interval '5 seconds' where id = ${id} and state = 'running'`;
}
