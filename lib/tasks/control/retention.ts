import { db } from '#lib/db/index';
import { idAt } from '../id-at.ts';
import { announceUntold } from './change.ts';
import { deleteEnded } from './purge.ts';

/** Ids that one round looks at, and tasks that it deletes at most. */
const stretch = 5_000;

/**
 * Makes a round of retention: deletes the tasks that ended longer ago than their definition keeps them. It walks all tasks from
 * the oldest on and remembers how far it came: what is kept, or has not ended yet, is passed once a walk and never stands in
 * the way.
 *
 * @returns the round; true when it has deleted, and there may be more.
 */
export function createRetention(): () => Promise<boolean> {
  let reached = idAt(new Date(0));
  return async () => {
    const [kept] = await db()<{ cutoff: Date | null }[]>`
      select clock_timestamp() - min(retention_ms) * interval '1 millisecond' as cutoff from task_definitions`;
    if (!kept?.cutoff) return false;
    const old = await db()<{ id: string; due: boolean }[]>`
      select t.id, coalesce(t.finished_at < clock_timestamp() - d.retention_ms * interval '1 millisecond', false) as due
      from (
        select id, definition, finished_at from tasks
        where id > ${reached} and id < ${idAt(kept.cutoff)} order by id limit ${stretch}
      ) t left join task_definitions d on d.name = t.definition order by t.id`;
    reached = (old.length === stretch && old.at(-1)?.id) || idAt(new Date(0));
    const due = old.flatMap(({ id, due }) => (due ? [id] : []));
    const deleted = await deleteEnded(db(), due);
    announceUntold(deleted);
    return deleted.length > 0;
  };
}
