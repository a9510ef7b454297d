import type { TaskPage } from '../api/types.ts';
import { canJudge, type TaskFilter } from '../tasks/filter.ts';
import type { ChangeJournal } from './journal.ts';
import { keepSameRows, mergeIntoPages, type TaskPages } from './merge.ts';

/** Pages that the server has answered and the cache does not hold yet, and when they were asked for. */
const asked = new WeakMap<TaskPage, number>();
/** What the feed has made of a page. A fetch of further pages began with the old one, and would bring it back. */
const successors = new WeakMap<TaskPage, TaskPage>();

/** Notes when a page was asked for: what has changed since is laid over it when it is stored. */
export function notePage(page: TaskPage, askedAt: number): TaskPage {
  asked.set(page, askedAt);
  return page;
}

/**
 * What the cache shall hold of a list: of a fetch the pages that it brought, each row as new as the feed has told it, and the
 * pages that it began with as they are now; of the feed what it made of them.
 */
export function storePages<Param>(
  known: TaskPages<Param> | undefined,
  incoming: TaskPages<Param>,
  filter: TaskFilter,
  journal: ChangeJournal,
): TaskPages<Param> {
  const askedAt = incoming.pages.flatMap((page) => asked.get(page) ?? []);
  if (askedAt.length === 0) {
    for (const [at, page] of incoming.pages.entries()) {
      const before = known?.pages[at];
      if (before && before !== page) successors.set(before, page);
    }
    return incoming;
  }
  const pages = incoming.pages.map((page) => (asked.delete(page) ? page : newestOf(page)));
  const changes = canJudge(filter) ? journal.since(Math.min(...askedAt)) : [];
  const current = mergeIntoPages({ ...incoming, pages }, changes, filter);
  return known ? keepSameRows(known, current) : current;
}

function newestOf(page: TaskPage): TaskPage {
  let newest = page;
  for (let next = successors.get(newest); next; next = successors.get(newest)) newest = next;
  return newest;
}
