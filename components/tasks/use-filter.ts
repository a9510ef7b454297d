'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { filterHref, parseFilter, type TaskFilter, withParts } from './filter.ts';

/** Whether a change can be taken back by the back button, or only together with the one before. */
export type HistoryStep = 'push' | 'replace';

/** The list's filter lives in the address; changing it does not ask the server for the page again. */
export function useFilter(): {
  filter: TaskFilter;
  /** Changes some parts; the back button takes it back, unless `step` says otherwise. */
  change(parts: TaskFilter, step?: HistoryStep): void;
  replace(filter: TaskFilter): void;
} {
  const query = useSearchParams();
  const filter = useMemo(() => parseFilter(query), [query]);
  const show = (next: TaskFilter, step: HistoryStep) => {
    const href = filterHref(next);
    if (href !== filterHref(filter)) window.history[`${step}State`](null, '', href);
  };
  return {
    filter,
    change: (parts, step = 'push') => show(withParts(filter, parts), step),
    replace: (next) => show(next, 'push'),
  };
}
