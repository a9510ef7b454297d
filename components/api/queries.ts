'use client';

import { infiniteQueryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { DefinitionInfo, StateCounts } from '#lib/tasks/types';
import { useFallbackInterval, useJournal } from '../live/live-provider.tsx';
import type { ChangeJournal } from '../live/journal.ts';
import { mergeDetail, mergeIntoPages } from '../live/merge.ts';
import type { TaskFilter } from '../tasks/filter.ts';
import { fetchCounts, fetchDefinitions, fetchOverview, fetchTask, fetchTasks } from './calls.ts';
import { keys } from './keys.ts';
import type { Overview, TaskPage, TaskView } from './types.ts';

const listOptions = (filter: TaskFilter, journal: ChangeJournal) =>
  infiniteQueryOptions({
    queryKey: keys.list(filter),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<TaskPage> => {
      const startedAt = Date.now();
      const page = await fetchTasks(filter, pageParam, signal);
      return (
        mergeIntoPages({ pages: [page], pageParams: [pageParam] }, journal.since(startedAt), filter).pages[0] ?? page
      );
    },
    getNextPageParam: (page) => page.nextCursor,
  });

/** The live list; `initial` is what the server rendered for this filter. */
export function useTaskList(filter: TaskFilter, initial: TaskPage | undefined) {
  const journal = useJournal();
  const refetchInterval = useFallbackInterval();
  return useInfiniteQuery({
    ...listOptions(filter, journal),
    refetchInterval,
    ...(initial ? { initialData: { pages: [initial], pageParams: [null] } } : {}),
  });
}

export function useCounts(initial: StateCounts) {
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: keys.counts(),
    queryFn: ({ signal }) => fetchCounts(signal),
    initialData: initial,
    refetchInterval,
  });
}

/** One task with everything about it. Without `initial` it is fetched. */
export function useTask(id: string, initial?: TaskView) {
  const journal = useJournal();
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: keys.detail(id),
    queryFn: async ({ signal }) => {
      const startedAt = Date.now();
      const task = await fetchTask(id, signal);
      return journal.since(startedAt).reduce<TaskView>((known, change) => mergeDetail(known, change), task);
    },
    refetchInterval,
    ...(initial ? { initialData: initial } : {}),
  });
}

export function useOverview(initial: Overview) {
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: keys.overview(),
    queryFn: ({ signal }) => fetchOverview(signal),
    initialData: initial,
    refetchInterval,
  });
}

export function useDefinitions(options: { initial?: DefinitionInfo[]; enabled?: boolean } = {}) {
  const { initial, enabled = true } = options;
  return useQuery({
    queryKey: keys.definitions(),
    queryFn: ({ signal }) => fetchDefinitions(signal),
    staleTime: 60_000,
    enabled,
    ...(initial ? { initialData: initial } : {}),
  });
}
