import type { TaskSummary } from '#lib/tasks/types';
import { fetchTasks } from '../api/calls.ts';
import type { TaskPage } from '../api/types.ts';
import { type FilterName, filterNames, type TaskFilter } from '../tasks/filter.ts';
import { type BulkVerb, opposites, verbs } from './verbs.ts';

/** Which tasks an operation names, as the API takes it. */
export type BulkTarget = { ids: string[] } | { filter: Record<string, unknown> };

type Part = { name: string; read(value: string): unknown };

const text = (name: string): Part => ({ name, read: (value) => value });
const several = (name: string): Part => ({ name, read: (value) => value.split(',') });
const number = (name: string): Part => ({ name, read: Number });
const flag = (name: string): Part => ({ name, read: (value) => value === 'true' });

/** How each part of the address stands in a filter that is JSON. */
const parts: Record<Exclude<FilterName, 'sort'>, Part> = {
  q: text('q'),
  state: several('states'),
  definition: several('definitions'),
  queue: several('queues'),
  tag: several('tags'),
  worker: text('workerId'),
  createdAfter: text('createdAfter'),
  createdBefore: text('createdBefore'),
  finishedAfter: text('finishedAfter'),
  finishedBefore: text('finishedBefore'),
  runMin: number('runMsMin'),
  runMax: number('runMsMax'),
  attemptsMin: number('attemptsMin'),
  attemptsMax: number('attemptsMax'),
  fingerprint: text('fingerprint'),
  metadata: { name: 'metadata', read: (value) => JSON.parse(value) as unknown },
  submittedBy: text('submittedBy'),
  parentId: text('parentId'),
  correlationId: text('correlationId'),
  dismissed: flag('dismissed'),
  includeArchived: flag('includeArchived'),
  ids: several('ids'),
};

/** The list's filter as a bulk operation keeps it. */
export function bulkFilter(filter: TaskFilter): Record<string, unknown> {
  const names = filterNames.filter((name) => name !== 'sort');
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = filter[name];
      return value ? [[parts[name].name, parts[name].read(value)]] : [];
    }),
  );
}

/** Some of the list's tasks: those with these ids, or with null all that match the filter. */
export type Chosen = {
  filter: TaskFilter;
  ids: string[] | null;
  /** Those of them that are loaded. */ rows: TaskSummary[];
};

export const targetOf = ({ ids, filter }: Chosen): BulkTarget => (ids ? { ids } : { filter: bulkFilter(filter) });

/** More than this is not listed one by one: then there is no way back in one step. */
const maxListed = 1_000;

/**
 * What an operation names, and the tasks that its opposite would name to take it back; null where there is no way back. That names
 * the very tasks that are changed, so those that match are listed first, up to 1,000 of them.
 */
export async function resolveTarget(
  verb: BulkVerb,
  chosen: Chosen,
): Promise<{ target: BulkTarget; undo: string[] | null }> {
  // What is archived already would be unarchived by the way back.
  if (!opposites[verb] || chosen.filter.includeArchived) return { target: targetOf(chosen), undo: null };
  const rows = verb === 'dismiss' ? await listUndismissed(chosen) : await listChosen(chosen);
  if (!rows) return { target: targetOf(chosen), undo: null };
  const changed = rows.filter(({ state }) => verbs[verb].concerns(state)).map(({ id }) => id);
  const ids = chosen.ids ?? rows.map(({ id }) => id);
  return { target: ids.length > 0 ? { ids } : targetOf(chosen), undo: changed.length > 0 ? changed : null };
}

const listChosen = async ({ ids, rows, filter }: Chosen): Promise<TaskSummary[] | null> =>
  ids ? rows : listAll(filter);

/** So many ids an address may hold. */
const maxAsked = 100;

/** Those that nobody has dismissed, which the rows do not tell: the others would be brought back by the way back. */
async function listUndismissed({ ids, filter }: Chosen): Promise<TaskSummary[] | null> {
  if (filter.dismissed === 'true' || (ids && ids.length > maxAsked)) return null;
  return listAll({ ...(ids ? { ids: ids.join(',') } : filter), dismissed: 'false' });
}

/** All tasks of the filter; null when there are too many. */
async function listAll(filter: TaskFilter): Promise<TaskSummary[] | null> {
  const rows: TaskSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: TaskPage = await fetchTasks(filter, cursor);
    rows.push(...page.tasks);
    cursor = page.nextCursor;
    if (rows.length > maxListed) return null;
  } while (cursor !== null);
  return rows;
}
