import type { Queryable } from '#lib/db/index';
import { cancelChannel } from '../control/cancel.ts';
import { endedColumns, type EndedTask } from '../ended.ts';
import { type SummaryRow, summaryColumns } from '../rows.ts';
import type { NewTask } from './new-task.ts';
import { keyName } from './plan.ts';

/**
 * Cancels the older tasks of the new ones' supersede keys: those that wait at once, and those that run, where the new
 * one says so, by their signal.
 *
 * @returns the rows that were changed; those that run still say so.
 */
export async function supersede(tx: Queryable, tasks: NewTask[]): Promise<(SummaryRow & EndedTask)[]> {
  const newest = new Map(
    tasks.flatMap(({ columns: { id, definition }, links }) =>
      links?.supersede
        ? [[keyName('supersede', definition, links.supersede.key), { id, definition, ...links.supersede }] as const]
        : [],
    ),
  );
  if (newest.size === 0) return [];
  const rows = await tx<(SummaryRow & EndedTask)[]>`
    update tasks set
      state = case when tasks.state::text = 'running' then tasks.state else 'cancelled' end,
      finished_at = case when tasks.state::text <> 'running' then clock_timestamp() end,
      error = case when tasks.state::text = 'running' then tasks.error
        else jsonb_build_object('name', 'Superseded', 'message', 'The newer task ' || s.id || ' has taken its place.') end,
      cancel_requested_at = coalesce(tasks.cancel_requested_at, clock_timestamp())
    from jsonb_to_recordset(${JSON.stringify([...newest.values()])}::text::jsonb) as s (
      id uuid, definition text, key text, running boolean)
    where tasks.definition = s.definition and tasks.supersede_key = s.key and tasks.id <> s.id
      and tasks.state in ('pending', 'scheduled', 'blocked', 'retrying', 'paused', 'running')
      and (tasks.state::text <> 'running' or s.running)
    returning ${summaryColumns()}, ${endedColumns()}`;
  const running = rows.filter(({ state }) => state === 'running').map(({ id }) => id);
  if (running.length > 0) await tx`select pg_notify(${cancelChannel}, id) from unnest(${running}::text[]) as id`;
  return rows;
}
