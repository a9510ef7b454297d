import { tellCancelled } from '../after-ended.ts';
import { announceShown, changedColumns, type ChangedRow, lockedIn, type Verb } from './change.ts';
import { waitingStates } from '../state.ts';

/** The channel on which workers hear of a cancel; the payload is the task's id. */
export const cancelChannel = 'taskdeck_cancel';

/**
 * CANCEL: what waits is cancelled at once; of what runs the handler's signal aborts, and the state follows when the handler
 * has stopped. Asked for twice it is the same as once.
 */
export const cancel: Verb = {
  past: 'cancelled',
  async change(sql, ids) {
    const rows = await sql<ChangedRow[]>`
      with found as (${lockedIn(ids, [...waitingStates, 'running'])})
      update tasks set
        state = case when state = 'running' then state else 'cancelled' end,
        finished_at = case when state = 'running' then null else clock_timestamp() end,
        cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
      from found where tasks.id = found.id
      returning ${changedColumns()}`;
    const running = rows.flatMap(({ id, state }) => (state === 'running' ? [id] : []));
    if (running.length > 0) await sql`select pg_notify(${cancelChannel}, id) from unnest(${running}::text[]) as id`;
    return rows;
  },
  announce(rows) {
    tellCancelled(rows.filter(({ state }) => state === 'cancelled'));
    announceShown(rows.filter(({ state }) => state === 'running'));
  },
  refusal: ({ state }) => ({ why: `it is ${state}`, hint: 'Only a task that has not ended can be cancelled.' }),
};
