import type { Queryable } from '#lib/db/index';
import { type SummaryRow, summaryColumns } from '../rows.ts';
import type { NewTask } from './new-task.ts';
import { keyName, type KeyHolder, type KeyToTake, type Renewal, type Replacement } from './plan.ts';

/** Who holds the keys that these tasks name, by `keyName`. */
export async function readHolders(tx: Queryable, tasks: NewTask[]): Promise<Map<string, KeyHolder>> {
  const wanted = tasks.flatMap(({ columns: { definition }, links }) => [
    ...(links?.unique ? [{ kind: 'unique', definition, key: links.unique.key }] : []),
    ...(links?.debounce ? [{ kind: 'debounce', definition, key: links.debounce.key }] : []),
  ]);
  if (wanted.length === 0) return new Map();
  const rows = await tx<(KeyHolder & { kind: string; definition: string; key: string })[]>`
    select k.kind, k.definition, k.key, k.task_id as "taskId", k.until > clock_timestamp() as open
    from task_keys k
    join unnest(${wanted.map(({ kind }) => kind)}::text[], ${wanted.map(({ definition }) => definition)}::text[],
      ${wanted.map(({ key }) => key)}::text[]) as w (kind, definition, key)
      on k.kind = w.kind and k.definition = w.definition and k.key = w.key`;
  return new Map(
    rows.map(({ kind, definition, key, taskId, open }) => [keyName(kind, definition, key), { taskId, open }]),
  );
}

/** Gives keys to new tasks. */
export async function takeKeys(tx: Queryable, keys: KeyToTake[]): Promise<void> {
  if (keys.length === 0) return;
  await tx`
    insert into task_keys (kind, definition, key, task_id, until)
    select kind, definition, key, task_id, clock_timestamp() + window_ms * interval '1 millisecond'
    from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as k (
      kind text, definition text, key text, task_id uuid, window_ms float8)
    on conflict (kind, definition, key) do update
      set task_id = excluded.task_id, since = excluded.since, until = excluded.until`;
}

/** Gives debounced tasks the newest payload, and moves their time: by the delay from now, but not beyond the longest wait. */
export async function replacePayloads(tx: Queryable, replacements: Replacement[]): Promise<SummaryRow[]> {
  if (replacements.length === 0) return [];
  const newest = [...new Map(replacements.map((replacement) => [replacement.id, replacement])).values()];
  return tx<SummaryRow[]>`
    update tasks set payload = n.payload, run_at = n.run_at, ready_at = n.run_at,
      expires_at = tasks.expires_at + (n.run_at - tasks.run_at)
    from (
      select r.id, r.payload,
        -- What is pending already starts as soon as it can.
        case when t.state::text = 'pending' then t.run_at
          else least(clock_timestamp() + r.delay_ms * interval '1 millisecond', k.since + r.max_wait_ms * interval '1 millisecond')
        end as run_at
      from jsonb_to_recordset(${JSON.stringify(newest)}::text::jsonb) as r (
        id uuid, payload jsonb, delay_ms float8, max_wait_ms float8)
      join tasks t on t.id = r.id
      join task_keys k on k.task_id = r.id and k.kind = 'debounce'
    ) n
    where tasks.id = n.id
    returning ${summaryColumns()}`;
}

/** Keeps leading debounces shut for another while. */
export async function renewWindows(tx: Queryable, renewals: Renewal[]): Promise<void> {
  if (renewals.length === 0) return;
  const newest = [...new Map(renewals.map((renewal) => [renewal.task_id, renewal])).values()];
  await tx`
    update task_keys k set until = least(clock_timestamp() + r.window_ms * interval '1 millisecond',
      k.since + r.max_wait_ms * interval '1 millisecond')
    from jsonb_to_recordset(${JSON.stringify(newest)}::text::jsonb) as r (task_id uuid, window_ms float8, max_wait_ms float8)
    where k.task_id = r.task_id and k.kind = 'debounce'`;
}
