import { afterEnded } from '../after-ended.ts';
import { announceSent, announceShown, changedColumns, type ChangedRow, lockedIn, type Verb } from './change.ts';
import { dispatchAtSoon } from '../dispatch/dispatch-at.ts';
import { isTerminal } from '../state.ts';

/** PAUSE: a task that has not started, or waits for its next attempt, is held until somebody resumes it. */
export const pause: Verb = {
  past: 'paused',
  change: (sql, ids) => sql<ChangedRow[]>`
    with found as (${lockedIn(ids, ['pending', 'scheduled', 'blocked', 'retrying'])})
    update tasks set state = 'paused', paused_from = state
    from found where tasks.id = found.id
    returning ${changedColumns()}`,
  announce(rows) {
    announceShown(rows);
    // The room that it had in its concurrency key is for another.
    afterEnded(rows);
  },
  refusal({ state }) {
    if (state === 'running')
      return { why: 'it is running', hint: 'Cancel it, or pause its queue, so that no other task starts.' };
    if (isTerminal(state)) return { why: `it is ${state}`, hint: 'Only a task that waits can be paused.' };
    return { why: `it is ${state} already` };
  },
};

/**
 * RESUME: back to where the pause found it; what has come meanwhile, its time or the end of what it depends on, counts.
 * The job that stood in BullMQ before is of an older gen and refused.
 */
export const resume: Verb = {
  past: 'resumed',
  change: (sql, ids) => sql<ChangedRow[]>`
    with found as (${lockedIn(ids, ['paused'])}),
    now as (select clock_timestamp() as at)
    update tasks set
      state = (case
        when paused_from = 'blocked' and unresolved > 0 then 'blocked'
        when run_at <= now.at then 'pending'
        when paused_from = 'retrying' then 'retrying'
        else 'scheduled' end)::task_state,
      paused_from = null, gen = gen + 1, ready_at = greatest(run_at, now.at), dispatch_at = ${dispatchAtSoon()}
    from found, now where tasks.id = found.id
    returning ${changedColumns()}`,
  announce: announceSent,
  refusal: ({ state }) => ({ why: `it is ${state}`, hint: 'Only a paused task can be resumed.' }),
};
