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
import type { DefinitionInfo, TaskSummary } from '#lib/tasks/types';
import { useFallbackInterval, useJournal } from '../live/live-provider.tsx';
import type { ChangeJournal } from '../live/journal.ts';
import { keepSameRows, mergeDetail, mergeIntoPages } from '../live/merge.ts';
import { canJudge, type TaskFilter, withParts } from '../tasks/filter.ts';
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
      const page = await fetchTasks(filter, pageParam, signal);
      return canJudge(filter) ? replay(page, pageParam, journal.since(startedAt), filter) : page;
    },
    getNextPageParam: (page, pages) => (pages.length < maxPages ? page.nextCursor : null),
    structuralSharing: (known, fetched) => (known ? keepSameRows(known as ListData, fetched as ListData) : fetched),
  });

type ListData = InfiniteData<TaskPage, string | null>;

/** Lays over a page what has changed since it was asked for. New tasks stand on the first page only. */
function replay(page: TaskPage, cursor: string | null, changes: TaskSummary[], filter: TaskFilter): TaskPage {
  const known = new Set(page.tasks.map((task) => task.id));
  const own = cursor === null ? changes : changes.filter((change) => known.has(change.id));
  return mergeIntoPages({ pages: [page], pageParams: [cursor] }, own, filter).pages[0] ?? page;
}

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

/** Live counts around a filter; while another filter's are fetched, those of the last one stay. */
export function useFacets(filter: TaskFilter, initial: Facets | undefined) {
  const refetchInterval = useFallbackInterval();
  return useQuery({
    queryKey: keys.facetsOf(withParts(filter, { sort: null })),
    queryFn: ({ signal }) => fetchFacets(filter, signal),
    placeholderData: keepPreviousData,
    refetchInterval,
    ...(initial ? { initialData: initial } : {}),
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
