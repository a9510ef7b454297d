'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { filterHref, parseFilter, type TaskFilter, withParts } from './filter.ts';

/** The list's filter lives in the address; changing it does not ask the server for the page again. */
export function useFilter(): {
  filter: TaskFilter;
  /** Changes some parts; the back button takes it back. */
  change(parts: TaskFilter): void;
  replace(filter: TaskFilter): void;
} {
  const query = useSearchParams();
  const filter = useMemo(() => parseFilter(query), [query]);
  const replace = (next: TaskFilter) => {
    const href = filterHref(next);
    if (href !== filterHref(filter)) window.history.pushState(null, '', href);
  };
  return { filter, change: (parts) => replace(withParts(filter, parts)), replace };
}
