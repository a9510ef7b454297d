import { db, type Queryable } from '#lib/db/index';
import { announceUntold, changedColumns, type ChangedRow, lockedIn, type Verb } from './change.ts';
import { terminalStates } from '../state.ts';

/**
 * A task on which a waiting one still depends is kept: its end has yet to be reckoned with. `has_dependents` spares all
 * others the question.
 */
const nobodyWaits = () => db()`
  and (not has_dependents or not exists (
    select from task_dependencies d join tasks waiting on waiting.id = d.task_id
    where d.depends_on = tasks.id and waiting.state in ('blocked', 'paused')))`;

/** PURGE: an ended task and all that belongs to it, attempts, log, revisions, is deleted. */
export const purge: Verb = {
  past: 'purged',
  change: (sql, ids) => deleteEnded(sql, ids),
  announce: announceUntold,
  refusal: ({ state }) => ({
    why: `it is ${state}, or another task waits for it`,
    hint: 'Only a task that has ended, and for which none waits, can be purged.',
  }),
};

/** @param also a further condition: `and …` over `tasks`. */
export const deleteEnded = (sql: Queryable, ids: string[], also = db()``): Promise<ChangedRow[]> => sql<ChangedRow[]>`
  with found as (${lockedIn(ids, terminalStates, db()`${nobodyWaits()} ${also}`)})
  delete from tasks using found where tasks.id = found.id
  returning ${changedColumns()}`;
