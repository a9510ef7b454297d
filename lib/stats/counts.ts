import { db } from '#lib/db/index';
import { log } from '#lib/observability/index';
import { type TaskState, taskStates } from '#lib/tasks/state';
import type { StateCounts } from '#lib/tasks/types';
import { foldChanges } from './fold.ts';
import type { CountsOf } from './types.ts';

/** So many unfolded notes make reading slow: where no worker folds them, the reader does. */
const tooManyNotes = 20_000;

/** How many tasks are in each state, of a definition or queue if told so; a state without any says 0. Exact. */
export async function readCounts(of: { definition?: string; queue?: string } = {}): Promise<StateCounts> {
  const found = await readCountsBy('state', {
    ...(of.definition !== undefined && { definitions: [of.definition] }),
    ...(of.queue !== undefined && { queues: [of.queue] }),
  });
  const counts = Object.fromEntries(taskStates.map((state) => [state, 0])) as StateCounts;
  for (const { value, count } of found) counts[value as keyof StateCounts] = count;
  return counts;
}

/** How many tasks there are of each definition, queue or state; those without any are left out. Exact, most first. */
export async function readCountsBy(
  by: 'definition' | 'queue' | 'state',
  of: CountsOf = {},
): Promise<{ value: string; count: number }[]> {
  const rows = await sumsBy(by, of);
  foldIfMany(rows.reduce((sum, { notes }) => sum + notes, 0));
  return rows.filter(({ count }) => count !== 0).map(({ value, count }) => ({ value, count }));
}

/** How many tasks of each state stand in each queue; those without any are left out. Exact. */
export async function readDepths(): Promise<{ queue: string; state: TaskState; count: number }[]> {
  return db()<{ queue: string; state: TaskState; count: number }[]>`
    select queue, state, sum(n)::bigint as count
    from (
      select queue, state, n from task_counts where n <> 0
      union all select queue, state, n from task_changes
    ) known
    group by queue, state having sum(n) <> 0`;
}

/** The sums and what was noted since, in one statement: a fold in between would hide or double a note. */
function sumsBy(by: 'definition' | 'queue' | 'state', { states, definitions, queues }: CountsOf) {
  const sql = db();
  return sql<{ value: string; count: number; notes: number }[]>`
    select ${sql(by)}::text as value, sum(n)::bigint as count, sum(notes)::bigint as notes
    from (
      select definition, queue, state, n, 0 as notes from task_counts where n <> 0
      union all select definition, queue, state, n, 1 from task_changes
    ) known
    where true ${states ? sql`and state::text = any(${[...states]}::text[])` : sql``}
      ${definitions ? sql`and definition = any(${[...definitions]}::text[])` : sql``}
      ${queues ? sql`and queue = any(${[...queues]}::text[])` : sql``}
    group by 1 order by 2 desc, 1`;
}

let folding = false;

function foldIfMany(notes: number): void {
  if (notes < tooManyNotes || folding) return;
  folding = true;
  foldAll()
    .catch((error: unknown) => log.warn('The counts could not be folded', { error }))
    .finally(() => (folding = false));
}

async function foldAll(): Promise<void> {
  while (await foldChanges());
}
