'use client';

import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { Facets } from '#lib/search/types';
import type { StatsWindow } from '#lib/stats/types';
import type { DefinitionInfo } from '#lib/tasks/types';
import { useFallbackInterval, useJournal } from '../live/live-provider.tsx';
import type { ChangeJournal } from '../live/journal.ts';
import { mergeDetail } from '../live/merge.ts';
import { notePage, storePages } from '../live/stored-pages.ts';
import { type TaskFilter, withParts } from '../tasks/filter.ts';
import { fetchDefinitions, fetchFacets, fetchOverview, fetchTask, fetchTasks } from './calls.ts';
import { keys } from './keys.ts';
import type { Overview, TaskPage, TaskView } from './types.ts';

/** Pages that a list keeps: a page left open all day has a bound. */
export const maxPages = 40;

const listOptions = (filter: TaskFilter, journal: ChangeJournal) =>
  infiniteQueryOptions({
    queryKey: keys.list(filter),
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }): Promise<TaskPage> => {
      const startedAt = Date.now();
      return notePage(await fetchTasks(filter, pageParam, signal), startedAt);
    },
    getNextPageParam: (page, pages) => (pages.length < maxPages ? page.nextCursor : null),
    structuralSharing: (known, incoming) =>
      storePages(known as ListData | undefined, incoming as ListData, filter, journal),
  });

type ListData = InfiniteData<TaskPage, string | null>;

/** What the server rendered was read before the page could listen: it is shown at once, and asked for once more. */
const asRendered = { initialDataUpdatedAt: 0 };

/** The live list; `initial` is what the server rendered for this filter. */
export function useTaskList(filter: TaskFilter, initial: TaskPage | undefined) {
  const journal = useJournal();
  const refetchInterval = useFallbackInterval();
  return useInfiniteQuery({
    ...listOptions(filter, journal),
    refetchInterval,
    ...(initial ? { initialData: { pages: [initial], pageParams: [null] }, ...asRendered } : {}),
  });
}

/** Live counts around a filter; while another filter's are fetched, those of the last one stay. */
export function useFacets(filter: TaskFilter, initial: Facets | undefined) {
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: keys.facetsOf(withParts(filter, { sort: null })),
    queryFn: ({ signal }) => fetchFacets(filter, signal),
    placeholderData: keepPreviousData,
    refetchInterval,
    ...(initial ? { initialData: initial, ...asRendered } : {}),
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

export function useOverview(window: StatsWindow, initial: Overview) {
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: keys.overviewOf(window),
    queryFn: ({ signal }) => fetchOverview(window, signal),
    initialData: initial,
    ...asRendered,
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
