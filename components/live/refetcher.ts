import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import { concerns } from './concerns.ts';
import { throttle } from './throttle.ts';

type Filters = { queryKey: QueryKey; predicate?: (query: Query) => boolean };
type Refetcher = {
  /** @param definitions whose tasks have changed; without them any task may have. */
  (definitions?: Iterable<string>): void;
  cancel(): void;
};

/**
 * Fetches anew what the filters name and the changes concern, at most once in `everyMs` however often it is asked, and while
 * somebody looks. One fetch at a time: a slow server answers each, instead of being asked again and again before it has.
 */
export function createRefetcher(queryClient: QueryClient, filters: Filters, everyMs: number): Refetcher {
  const { queryKey, predicate = () => true } = filters;
  /** Of which definitions tasks have changed since the last fetch; null: of any. */
  let changed: Set<string> | null = new Set();

  const fetchSoon = throttle(async () => {
    const of = changed;
    changed = new Set();
    if (document.visibilityState !== 'visible') return;
    const concerned = {
      queryKey,
      predicate: (query: Query) => predicate(query) && (of === null || concerns(queryClient, query, of)),
    };
    // One that is under way may have read before the change: it ends, and another follows.
    const underWay = queryClient.isFetching(concerned) > 0;
    await queryClient.invalidateQueries(concerned, { cancelRefetch: false });
    if (underWay) refetch(of ?? undefined);
  }, everyMs);

  function refetch(definitions?: Iterable<string>): void {
    changed = definitions && changed ? new Set([...changed, ...definitions]) : null;
    fetchSoon();
  }

  return Object.assign(refetch, { cancel: () => fetchSoon.cancel() });
}
