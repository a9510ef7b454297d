'use client';

import { useSearchParams } from 'next/navigation';
import { filterHref, parseFilter, type TaskFilter } from './filter.ts';

/** The list's filter lives in the address; changing it does not ask the server for the page again. */
export function useFilter(): { filter: TaskFilter; change(next: Partial<TaskFilter>): void } {
  const query = useSearchParams();
  const filter = parseFilter(query);
  return {
    filter,
    change: (next) => window.history.pushState(null, '', filterHref({ ...filter, ...next })),
  };
}
