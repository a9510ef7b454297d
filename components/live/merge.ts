import type { TaskSummary } from '#lib/tasks/types';
import type { TaskPage } from '../api/types.ts';
import { matchesFilter, type TaskFilter } from '../tasks/filter.ts';

export type TaskPages<Param> = { pages: TaskPage[]; pageParams: Param[] };

/** Newest first. Ids are UUIDv7: their order is the order of creation, and the server pages by it. */
export function compareNewestFirst(a: { id: string }, b: { id: string }): number {
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}

/** The newer of two views of a row: a row never moves backwards. */
export const newest = <Row extends { version: number }>(known: Row, incoming: Row): Row =>
  incoming.version > known.version ? incoming : known;

/** Lays a summary over a task's page if it is newer; payload, result and attempts stay until the refetch. */
export const mergeDetail = <Detail extends TaskSummary>(detail: Detail, change: TaskSummary): Detail =>
  change.id === detail.id && change.version > detail.version ? { ...detail, ...change } : detail;

/**
 * Brings changes into the loaded pages of a list: newer rows replace, rows that left the filter go, rows that
 * entered it appear in their place. A row that belongs below the last loaded one waits for its page.
 */
export function mergeIntoPages<Param>(
  data: TaskPages<Param>,
  changes: readonly TaskSummary[],
  filter: TaskFilter,
): TaskPages<Param> {
  const merged = changes.reduce<TaskPage[]>((pages, change) => mergeOne(pages, change, filter), data.pages);
  return merged === data.pages ? data : { ...data, pages: merged };
}

function mergeOne(pages: TaskPage[], change: TaskSummary, filter: TaskFilter): TaskPage[] {
  const at = pages.findIndex((page) => page.tasks.some((task) => task.id === change.id));
  if (at >= 0) return replaceOrRemove(pages, at, change, matchesFilter(change, filter));
  return matchesFilter(change, filter) ? insert(pages, change) : pages;
}

function replaceOrRemove(pages: TaskPage[], at: number, change: TaskSummary, stays: boolean): TaskPage[] {
  const page = pages[at];
  const known = page?.tasks.find((task) => task.id === change.id);
  if (!page || !known || change.version <= known.version) return pages;
  const tasks = stays
    ? page.tasks.map((task) => (task === known ? change : task))
    : page.tasks.filter((task) => task !== known);
  return pages.with(at, { ...page, tasks });
}

function insert(pages: TaskPage[], change: TaskSummary): TaskPage[] {
  const isLast = (index: number) => index === pages.length - 1;
  const at = pages.findIndex((page, index) => {
    const last = page.tasks.at(-1);
    if (last && compareNewestFirst(change, last) < 0) return true;
    return isLast(index) && page.nextCursor === null;
  });
  const page = pages[at];
  if (!page) return pages;
  const position = page.tasks.findIndex((task) => compareNewestFirst(change, task) < 0);
  const tasks = page.tasks.toSpliced(position < 0 ? page.tasks.length : position, 0, change);
  return pages.with(at, { ...page, tasks });
}
