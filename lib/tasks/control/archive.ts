import { db } from '#lib/db/index';
import { announceUntold, changedColumns, type ChangedRow, lockedIn, type Verb } from './change.ts';
import { isTerminal, terminalStates } from '../state.ts';

/** ARCHIVE: an ended task leaves the lists and stays in the database until its retention ends. */
export const archive: Verb = {
  past: 'archived',
  change: (sql, ids) => sql<ChangedRow[]>`
    with found as (${lockedIn(ids, terminalStates, db()`and archived_at is null`)})
    update tasks set archived_at = clock_timestamp() from found where tasks.id = found.id
    returning ${changedColumns()}`,
  announce: announceUntold,
  refusal: ({ state }) =>
    isTerminal(state)
      ? { why: 'it is archived already' }
      : { why: `it is ${state}`, hint: 'Only a task that has ended can be archived; cancel it first.' },
};

/** UNARCHIVE: back into the lists. */
export const unarchive: Verb = {
  past: 'unarchived',
  change: (sql, ids) => sql<ChangedRow[]>`
    with found as (${lockedIn(ids, terminalStates, db()`and archived_at is not null`)})
    update tasks set archived_at = null from found where tasks.id = found.id
    returning ${changedColumns()}`,
  announce: announceUntold,
  refusal: () => ({ why: 'it is not archived' }),
};
