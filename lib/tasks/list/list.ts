import { z } from 'zod';
import { db } from '#lib/db/index';
import { listSorts } from '#lib/search/types';
import { type TaskFilter, taskFilterSchema } from './filter.ts';
import { findTasks } from './find.ts';
import { type SummaryRow, summaryColumns, toSummary } from '../rows.ts';
import { sortedTasks } from './sorted.ts';
import type { TaskState } from '../state.ts';
import type { StateCounts, TaskSummary } from '../types.ts';

/** How a list is narrowed, ordered and paged; `cursor` is the `nextCursor` of the page before, in the same order. */
export const listTasksQuerySchema = taskFilterSchema.extend({
  sort: z.enum(listSorts, { error: `must be one of ${listSorts.join(', ')}` }).default('-created'),
  cursor: z
    .string()
    .regex(/^(\d{1,16}_)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'is not a cursor of this list')
    .optional(),
  limit: z.int({ error: 'must be a whole number from 1 to 200' }).min(1).max(200).default(50),
});

export type ListTasksFilter = z.input<typeof listTasksQuerySchema>;

/** `indexing`: changes that a search could not see yet, when there are any. */
export type TaskPage = { tasks: TaskSummary[]; nextCursor: string | null; indexing?: number };

/** A reader waits no longer than this for rare matches among millions of tasks. */
const patienceMs = 1_000;

/**
 * Tasks, newest first unless `sort` says otherwise. `nextCursor` is null on the last page; before it a page may be short, even
 * empty, when what was asked for is rare among millions.
 *
 * @throws TaskdeckError `invalid` at `/q`.
 */
export async function listTasks(query: ListTasksFilter = {}): Promise<TaskPage> {
  const { cursor, limit, sort, ...filter } = listTasksQuerySchema.parse(query);
  if (sort !== '-created' && sort !== 'created') {
    const { ids, next, indexing } = await sortedTasks(filter, { sort, cursor, limit }, patienceMs);
    return { tasks: await summaries(ids), nextCursor: next, ...(indexing && { indexing }) };
  }
  const order = sort === 'created' ? 'asc' : 'desc';
  const { ids, next, indexing } = await findTasks(filter, { order, from: idOf(cursor), limit }, patienceMs);
  return { tasks: await summaries(ids), nextCursor: next, ...(indexing && { indexing }) };
}

/** A cursor of another order names its task too. */
const idOf = (cursor: string | undefined): string | undefined => cursor?.split('_').at(-1);

/** The tasks in the order of `ids`; those that are gone meanwhile are left out. */
async function summaries(ids: string[]): Promise<TaskSummary[]> {
  const rows = await db()<SummaryRow[]>`select ${summaryColumns()} from tasks where id = any(${ids}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [toSummary(row)] : [];
  });
}

type Matching = { count: number; more: boolean; states: Partial<StateCounts> };

/**
 * How many tasks fit a filter, and how many of them are in each state, counted as far as `max`.
 *
 * @returns `more` when there are, or may be, more than were counted.
 */
export async function countMatching(filter: TaskFilter, max: number): Promise<Matching> {
  const { ids, next } = await findTasks(filter, { order: 'desc', limit: max }, patienceMs);
  const rows = await db()<{ state: TaskState; count: number }[]>`
    select state, count(*) as count from tasks where id = any(${ids}::uuid[]) group by state`;
  const states = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  return { count: ids.length, more: next !== null, states };
}
