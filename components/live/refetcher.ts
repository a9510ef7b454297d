import type { InvalidateQueryFilters, QueryClient } from '@tanstack/react-query';
import { throttle } from './throttle.ts';

/**
 * Fetches anew what the filters name, at most once in `everyMs` however often it is asked, and while somebody looks. One fetch at
 * a time: a slow server answers each, instead of being asked again and again before it has.
 */
export function createRefetcher(
  queryClient: QueryClient,
  filters: InvalidateQueryFilters,
  everyMs: number,
): { (): void; cancel(): void } {
  const refetch = throttle(async () => {
    if (document.visibilityState !== 'visible') return;
    // One that is under way may have read before the change: it ends, and another follows.
    const underWay = queryClient.isFetching(filters) > 0;
    await queryClient.invalidateQueries(filters, { cancelRefetch: false });
    if (underWay) refetch();
  }, everyMs);
  return refetch;
}
