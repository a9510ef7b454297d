import { db } from '#lib/db/index';
import { idAt } from './id-at.ts';
import { deleteEnded } from './purge.ts';

/** Ids that one statement looks at of one definition, and tasks that it deletes. */
const stretch = 2_000;

/**
 * Makes a round of retention: deletes the tasks that ended longer ago than their definition keeps them. It walks each
 * definition from its oldest task on, by the index that is there anyway, and remembers how far it came: what has not ended
 * yet is passed once a walk and never stands in the way.
 *
 * @returns the round; true when it has deleted, and there may be more.
 */
export function createRetention(): () => Promise<boolean> {
  const reached = new Map<string, string>();
  return async () => {
    const kept = await db()<{ name: string; cutoff: Date }[]>`
      select name, clock_timestamp() - retention_ms * interval '1 millisecond' as cutoff
      from task_definitions where retention_ms is not null`;
    let more = false;
    for (const { name, cutoff } of kept) {
      const old = await db()<{ id: string }[]>`
        select id from tasks where definition = ${name} and id > ${reached.get(name) ?? idAt(new Date(0))} and id < ${idAt(cutoff)}
        order by id limit ${stretch}`;
      const ids = old.map(({ id }) => id);
      const deleted = await deleteEnded(db(), ids, db()`and finished_at < ${cutoff}`);
      const last = ids.length < stretch ? undefined : ids.at(-1);
      if (last === undefined) reached.delete(name);
      else reached.set(name, last);
      more ||= deleted.length > 0;
    }
    return more;
  };
}
