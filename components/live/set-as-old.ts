import type { Query, QueryClient } from '@tanstack/react-query';

/** Changes what a query holds without a fetch: it is no fresher for that, and what was to be fetched anew still is. */
export function setAsOld<Data>(queryClient: QueryClient, query: Query<Data>, data: Data): void {
  const { isInvalidated, dataUpdatedAt } = query.state;
  queryClient.setQueryData<Data>(query.queryKey, () => data, { updatedAt: dataUpdatedAt });
  if (isInvalidated) query.invalidate();
}
