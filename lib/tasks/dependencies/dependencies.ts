import { db, type Queryable } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { publishTasks } from '#lib/realtime/index';
import { admitSoon } from '../dispatch/admit.ts';
import { dispatchSoon } from '../dispatch/dispatch.ts';
import { dispatchAtSoon } from '../dispatch/dispatch-at.ts';
import { endedColumns, type EndedTask } from '../ended.ts';
import { type SummaryRow, summaryColumns, toSummary } from '../rows.ts';
import type { NewTask } from '../submit/new-task.ts';
import type { KnownTask } from '../submit/plan.ts';

/** Tasks that one statement settles. */
export const settlePage = 500;
/** Before all ids. */
export const noId = '00000000-0000-0000-0000-000000000000';

const dependencyFailed = {
  name: 'DependencyFailed',
  message: 'A task that this one depends on ended without success.',
};

type Settled = SummaryRow & EndedTask & { gen: number };

/**
 * Checks that the tasks exist on which others are to depend.
 *
 * @param pointer where the input of that index stands.
 * @throws TaskdeckError invalid, with a pointer for each that does not.
 */
export async function requireTasks(dependsOn: string[][], pointer: (index: number) => string): Promise<void> {
  const ids = [...new Set(dependsOn.flat())];
  if (ids.length === 0) return;
  const rows = await db()<{ id: string }[]>`select id from tasks where id = any(${ids}::uuid[])`;
  const known = new Set(rows.map(({ id }) => id));
  const fields = dependsOn.flatMap((parents, index) =>
    parents.flatMap((id, place) =>
      known.has(id.toLowerCase())
        ? []
        : [{ pointer: `${pointer(index)}/dependsOn/${place}`, message: 'is not a task' }],
    ),
  );
  if (fields.length > 0)
    throw new TaskdeckError('invalid', 'A task that it is to depend on does not exist.', { fields });
}

/** Notes what new tasks depend on. The parents are locked: one that ends from now on knows that somebody waits for it. */
export async function linkDependencies(
  tx: Queryable,
  tasks: NewTask[],
  parents: ReadonlyMap<string, KnownTask>,
): Promise<void> {
  const links = tasks.flatMap(({ columns: { id }, links }) =>
    (links?.dependsOn ?? []).filter((parent) => parents.has(parent)).map((parent) => ({ id, parent })),
  );
  if (links.length === 0) return;
  const ids = links.map(({ parent }) => parent);
  await tx`update tasks set has_dependents = true where id = any(${ids}::uuid[]) and not has_dependents`;
  await tx`
    insert into task_dependencies (task_id, depends_on)
    select * from unnest(${links.map(({ id }) => id)}::uuid[], ${ids}::uuid[])`;
}

/**
 * Settles the tasks that depend on these, which have ended: pending or scheduled when they waited for nothing else,
 * cancelled when they were to run only after success.
 *
 * @returns those that were cancelled.
 */
export async function settleDependents(parents: string[]): Promise<Settled[]> {
  const cancelled: Settled[] = [];
  let after = noId;
  for (;;) {
    const waiting = await db()<{ id: string }[]>`
      select distinct task_id as id from task_dependencies
      where depends_on = any(${parents}::uuid[]) and task_id > ${after} order by task_id limit ${settlePage}`;
    const last = waiting.at(-1);
    if (!last) return cancelled;
    cancelled.push(...(await settle(waiting.map(({ id }) => id))));
    after = last.id;
  }
}

/**
 * Looks at what each of these tasks still waits for, and acts on it. It counts anew instead of counting down, so that doing
 * it twice, or for two parents at once, does no harm: whoever's parent ended last sees all of them ended.
 *
 * @returns those that were cancelled.
 */
export async function settle(ids: string[]): Promise<Settled[]> {
  if (ids.length === 0) return [];
  const rows = await db()<Settled[]>`
    with judged as (
      select t.id, count(*) filter (where p.state not in ('completed', 'failed', 'cancelled', 'abandoned')) as unresolved,
        t.on_dependency_failure = 'cancel' and coalesce(bool_or(p.state in ('failed', 'cancelled', 'abandoned')), false) as hopeless
      from tasks t
      left join task_dependencies d on d.task_id = t.id
      left join tasks p on p.id = d.depends_on
      where t.id = any(${ids}::uuid[]) group by t.id
    ), changed as (
      select t.id, j.unresolved, j.hopeless
      from tasks t join judged j on j.id = t.id
      where t.id = any(${ids}::uuid[])
        and (t.state::text = 'blocked' or (t.state::text = 'paused' and t.paused_from::text = 'blocked'))
        and (j.hopeless or j.unresolved = 0 or j.unresolved <> t.unresolved)
        and not (t.state::text = 'paused' and j.unresolved = t.unresolved and not j.hopeless)
      order by t.id for no key update of t
    )
    update tasks set
      unresolved = c.unresolved,
      state = (case
        when c.hopeless then 'cancelled'
        -- A resume looks at what is unresolved.
        when tasks.state::text = 'paused' or c.unresolved > 0 then tasks.state::text
        when tasks.run_at > clock_timestamp() then 'scheduled'
        else 'pending' end)::task_state,
      error = case when c.hopeless then ${JSON.stringify(dependencyFailed)}::text::jsonb else tasks.error end,
      finished_at = case when c.hopeless then clock_timestamp() end,
      ready_at = greatest(tasks.run_at, clock_timestamp()),
      dispatch_at = ${dispatchAtSoon()}
    from changed c where tasks.id = c.id
    returning ${summaryColumns()}, ${endedColumns()}, tasks.gen`;
  const cancelled = rows.filter(({ state }) => state === 'cancelled');
  const freed = rows.filter(({ state }) => state === 'pending' || state === 'scheduled');
  publishTasks(freed.map(toSummary));
  for (const row of freed.filter(({ state }) => state === 'pending')) start(row);
  return cancelled;
}

/** Sends a task on its way that has just become pending. */
function start({ id, gen, queue, definition, priority, concurrencyKey }: Settled): void {
  if (concurrencyKey === null) dispatchSoon({ taskId: id, gen, queue, name: definition, priority });
  else admitSoon(concurrencyKey);
}

/** Cancels new tasks that depend on one that has ended without success already. */
export async function cancelHopeless(tx: Queryable, ids: string[]): Promise<(SummaryRow & EndedTask)[]> {
  if (ids.length === 0) return [];
  return tx<(SummaryRow & EndedTask)[]>`
    update tasks set state = 'cancelled', finished_at = clock_timestamp(), error = ${JSON.stringify(dependencyFailed)}::text::jsonb
    where id = any(${ids}::uuid[])
    returning ${summaryColumns()}, ${endedColumns()}`;
}
