import type { Queryable } from '#lib/db/index';
import { publishTasks } from '#lib/realtime/index';
import { tellCancelled } from '../after-ended.ts';
import { cancelHopeless, linkDependencies } from '../dependencies/dependencies.ts';
import type { EndedTask } from '../ended.ts';
import { lockNames } from '../lock-names.ts';
import { type SummaryRow, toSummary } from '../rows.ts';
import { supersede } from './supersede.ts';
import { findRepeated, insertTasks } from './insert.ts';
import { readHolders, renewWindows, replacePayloads, takeKeys } from './keys.ts';
import type { Accepted, NewTask } from './new-task.ts';
import { keyName, type KnownTask, planSubmits } from './plan.ts';

/** What the transaction did to other tasks than the new ones. */
type Effects = { changed: SummaryRow[]; cancelled: (SummaryRow & EndedTask)[] };

/**
 * ACCEPT for tasks that have to do with others, in a transaction: names are locked first, then the tasks that stand
 * there, in the order of their ids; then it is decided what becomes of each, and written.
 *
 * @returns what became of each, in the same order, and what `tellEffects` is to tell after the commit.
 */
export async function writeLinked(tx: Queryable, tasks: NewTask[]): Promise<{ answers: Accepted[]; effects: Effects }> {
  await lockNames(tx, 'submit', tasks.flatMap(namesOf));
  const repeated = await findRepeated(
    tx,
    tasks.map(({ columns }) => columns),
  );
  const fresh = tasks.filter(({ columns }) => !repeated.has(columns.id));
  const holders = await readHolders(tx, fresh);
  const parents = fresh.flatMap(({ links }) => links?.dependsOn ?? []);
  const known = await lockTasks(tx, fresh, [...parents, ...[...holders.values()].map(({ taskId }) => taskId)]);
  const plan = planSubmits(fresh, holders, known);

  const inserted = new Map<string, Accepted>();
  const rows = plan.inserts.map(({ columns }) => columns);
  for (const [index, row] of (await insertTasks(tx, rows)).entries()) inserted.set(rows[index]?.id ?? '', row);
  // One whose idempotency key a plain task took meanwhile was not inserted, and changes nothing.
  const made = plan.inserts.filter(({ columns }) => inserted.get(columns.id)?.duplicate === false);
  const isMade = new Set(made.map(({ columns }) => columns.id));
  await takeKeys(
    tx,
    plan.keys.filter((key) => isMade.has(key.task_id)),
  );
  await linkDependencies(tx, made, known);
  const replaced = await replacePayloads(tx, plan.replacements);
  await renewWindows(tx, plan.renewals);
  const superseded = await supersede(tx, made);
  const hopeless = await cancelHopeless(
    tx,
    plan.hopeless.filter((id) => isMade.has(id)),
  );

  const places = new Map(fresh.map(({ columns }, index) => [columns.id, plan.answers[index] ?? columns.id]));
  return {
    answers: await readAnswers(tx, tasks, places, (id) => repeated.get(id) ?? inserted.get(id)),
    effects: {
      changed: [...replaced, ...superseded.filter(({ state }) => state !== 'cancelled')],
      cancelled: [...superseded.filter(({ state }) => state === 'cancelled'), ...hopeless],
    },
  };
}

/** What follows the commit. */
export function tellEffects({ changed, cancelled }: Effects): void {
  publishTasks(changed.map(toSummary));
  tellCancelled(cancelled);
}

/** Everything by which two submits could meet. */
function namesOf({ columns, links }: NewTask): string[] {
  const named = (kind: string, key: string | undefined) =>
    key === undefined ? [] : [keyName(kind, columns.definition, key)];
  return [
    ...named('unique', links?.unique?.key),
    ...named('debounce', links?.debounce?.key),
    ...named('supersede', links?.supersede?.key),
    ...(columns.idempotency_key === undefined
      ? []
      : [keyName('idempotency', columns.submitted_by, columns.idempotency_key)]),
  ];
}

/** Locks all that the transaction will look at or change; names are locked, so no more can appear. */
async function lockTasks(tx: Queryable, tasks: NewTask[], ids: string[]): Promise<Map<string, KnownTask>> {
  const superseding = tasks.filter(({ links }) => links?.supersede);
  const older = await tx<{ id: string }[]>`
    select t.id from tasks t
    join unnest(${superseding.map(({ columns }) => columns.definition)}::text[],
      ${superseding.map(({ columns }) => columns.supersede_key ?? null)}::text[]) as s (definition, key)
      on t.definition = s.definition and t.supersede_key = s.key
    where t.state in ('pending', 'scheduled', 'blocked', 'retrying', 'paused', 'running')`;
  const wanted = [...new Set([...ids, ...older.map(({ id }) => id)])];
  const rows = await tx<KnownTask[]>`
    select id, state, fence > 0 as started from tasks where id = any(${wanted}::uuid[]) order by id for no key update`;
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * What the rows say at the end of it all: a task that was inserted may have been cancelled by one that came after it.
 *
 * @param places the id of the task that answers each submit.
 * @param before a task that stood there under the same idempotency key, or was inserted.
 */
async function readAnswers(
  tx: Queryable,
  tasks: NewTask[],
  places: ReadonlyMap<string, string>,
  before: (id: string) => Accepted | undefined,
): Promise<Accepted[]> {
  const rows = await tx<Pick<Accepted, 'id' | 'state' | 'createdAt' | 'runAt'>[]>`
    select id, state, created_at as "createdAt", run_at as "runAt" from tasks where id = any(${[...places.values()]}::uuid[])`;
  const standing = new Map(rows.map((row) => [row.id, row]));
  return tasks.map(({ columns: { id } }) => {
    const known = before(id);
    if (known?.duplicate) return known;
    const row = standing.get(places.get(id) ?? id);
    if (!row) throw new Error(`task ${id} was neither inserted nor found by its key`);
    return { ...row, duplicate: row.id !== id, sameRequest: true };
  });
}
