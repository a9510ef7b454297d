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
 * Brings changes into the loaded pages of a list that a row alone can judge: newer rows replace, rows that left the filter
 * go, rows that entered it appear in their place. A row that belongs below the last loaded one waits for its page.
 *
 * @returns `data` itself when nothing changed; pages and rows that stay as they were are the same objects.
 */
export function mergeIntoPages<Param>(
  data: TaskPages<Param>,
  changes: readonly TaskSummary[],
  filter: TaskFilter,
): TaskPages<Param> {
  const latest = new Map<string, TaskSummary>();
  for (const change of changes) {
    const known = latest.get(change.id);
    latest.set(change.id, known ? newest(known, change) : change);
  }
  const updated = data.pages.map((page) => update(page, latest, filter));
  const entering = [...latest.values()].filter((change) => matchesFilter(change, filter)).sort(compareNewestFirst);
  const pages = updated.map((page, at) => insert(page, entering, at === updated.length - 1));
  return pages.every((page, at) => page === data.pages[at]) ? data : { ...data, pages };
}

/** Lays changes over the rows of a page, and takes them out of `latest`: what stays there is on no page yet. */
function update(page: TaskPage, latest: Map<string, TaskSummary>, filter: TaskFilter): TaskPage {
  let changed = false;
  const tasks = page.tasks.flatMap((task) => {
    const change = latest.get(task.id);
    latest.delete(task.id);
    if (!change || change.version <= task.version) return [task];
    changed = true;
    return matchesFilter(change, filter) ? [change] : [];
  });
  return changed ? { ...page, tasks } : page;
}

/** Takes from the front of `entering` (newest first) what belongs on this page. */
function insert(page: TaskPage, entering: TaskSummary[], isLast: boolean): TaskPage {
  const last = page.tasks.at(-1);
  const open = isLast && page.nextCursor === null;
  const count = entering.findIndex((task) => !open && (!last || compareNewestFirst(task, last) > 0));
  const fresh = entering.splice(0, count < 0 ? entering.length : count);
  return fresh.length === 0 ? page : { ...page, tasks: [...fresh, ...page.tasks].sort(compareNewestFirst) };
}

/**
 * The answer of a refetch with the rows that did not change taken from what was there, so that they are not drawn again.
 * In place of a comparison of every value: a row's version says it all.
 */
export function keepSameRows<Param>(known: TaskPages<Param>, fetched: TaskPages<Param>): TaskPages<Param> {
  const rows = new Map(known.pages.flatMap((page) => page.tasks.map((task) => [task.id, task])));
  const pages = fetched.pages.map((page) => ({
    ...page,
    tasks: page.tasks.map((task) => {
      const before = rows.get(task.id);
      return before?.version === task.version ? before : task;
    }),
  }));
  return { ...fetched, pages };
}
