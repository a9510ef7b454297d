'use client';

import { notifyManager, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { keys } from '../api/keys.ts';
import type { TaskPage } from '../api/types.ts';
import type { TaskPages } from '../live/merge.ts';
import type { TaskFilter } from '../tasks/filter.ts';

/**
 * The message of the error that all tasks of a list have in common, as its first row has it; null where the list is not of one
 * cause, or not known yet.
 *
 * @param initial what the server rendered for this filter.
 */
export function useCause(filter: TaskFilter, initial: TaskPage | null): string | null {
  const queryClient = useQueryClient();
  const subscribe = useCallback(
    (onChange: () => void) => queryClient.getQueryCache().subscribe(notifyManager.batchCalls(onChange)),
    [queryClient],
  );
  const messageOf = (page: TaskPage | null | undefined) => (filter.fingerprint && page?.tasks[0]?.errorMessage) || null;
  return useSyncExternalStore(
    subscribe,
    () => messageOf(queryClient.getQueryData<TaskPages<string | null>>(keys.list(filter))?.pages[0] ?? initial),
    () => messageOf(initial),
  );
}
