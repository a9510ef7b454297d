import { z } from 'zod';
import { db } from '#lib/db/index';
import { type TaskFilter, taskFilterSchema } from './filter.ts';
import { type SummaryRow, summaryColumns, toSummary } from './rows.ts';
import type { TaskSummary } from './types.ts';
import { type Found, walkTasks } from './walk.ts';

/** How a list is narrowed and paged; `cursor` is the `nextCursor` of the page before. */
export const listTasksQuerySchema = taskFilterSchema.extend({
  cursor: z.uuid().optional(),
  limit: z.int({ error: 'must be a whole number from 1 to 200' }).min(1).max(200).default(50),
});

export type ListTasksFilter = z.input<typeof listTasksQuerySchema>;

/** A reader waits no longer than this for rare matches among millions of tasks. */
const patienceMs = 1_000;

/**
 * Tasks, newest first. `nextCursor` is null on the last page; before it a page may be short, even empty, when what was asked
 * for is rare among millions.
 */
export async function listTasks(
  query: ListTasksFilter = {},
): Promise<{ tasks: TaskSummary[]; nextCursor: string | null }> {
  const { cursor, limit, ...filter } = listTasksQuerySchema.parse(query);
  const { ids, next } = await find(filter, { limit, from: cursor });
  const rows = await db()<SummaryRow[]>`
    select ${summaryColumns()} from tasks where id = any(${ids}::uuid[]) order by id desc`;
  return { tasks: rows.map(toSummary), nextCursor: next };
}

/**
 * How many tasks fit a filter, counted as far as `max`.
 *
 * @returns `more` when there are, or may be, more than were counted.
 */
export async function countMatching(filter: TaskFilter, max: number): Promise<{ count: number; more: boolean }> {
  const { ids, next } = await find(filter, { limit: max });
  return { count: ids.length, more: next !== null };
}

/** The newest that fit, and the id after which to go on. */
async function find(filter: TaskFilter, { limit, from }: { limit: number; from?: string | undefined }): Promise<Found> {
  const end = performance.now() + patienceMs;
  const ids: string[] = [];
  let next: string | null = from ?? null;
  do {
    const found = await walkTasks(db(), filter, { order: 'desc', from: next, limit: limit - ids.length });
    ids.push(...found.ids);
    next = found.next;
  } while (next !== null && ids.length < limit && performance.now() < end);
  return { ids, next };
}
