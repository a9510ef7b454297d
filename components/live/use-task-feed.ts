'use client';

import {
  type InfiniteData,
  type InvalidateQueryFilters,
  type Query,
  type QueryClient,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { topics } from '#lib/realtime/topics';
import type { TaskSummary } from '#lib/tasks/types';
import { pageSize } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import type { TaskPage, TaskView } from '../api/types.ts';
import { canJudge, type TaskFilter } from '../tasks/filter.ts';
import { useJournal } from './live-provider.tsx';
import { mergeDetail, mergeIntoPages } from './merge.ts';
import { readTasksMessage } from './messages.ts';
import { perFrame } from './per-frame.ts';
import { createRefetcher } from './refetcher.ts';
import { useTopic } from './use-topic.ts';

/** How often changes may cause a refetch of what they do not carry: counts, queues, whole lists. */
const refetchEveryMs = 1_000;
/** The same for what costs the server more: lists that only it can judge, counts by filter, lists of many pages. */
const refetchCostlyEveryMs = 3_000;
/** A page that live rows have stretched beyond this is fetched anew, so that a busy day does not fill the memory. */
const maxPageRows = 4 * pageSize;
const manyPages = 4;

/**
 * Keeps every list, count and task in the cache true while the page is open; mounted once, in the shell.
 * @returns true while the page catches up with what it missed.
 */
export function useTaskFeed(): boolean {
  const queryClient = useQueryClient();
  const journal = useJournal();
  const [catchingUp, setCatchingUp] = useState(false);
  const [refetch] = useState(() => {
    const invalidate = (filters: InvalidateQueryFilters, everyMs: number) =>
      createRefetcher(queryClient, filters, everyMs);
    return {
      overview: invalidate({ queryKey: keys.overview() }, refetchEveryMs),
      counts: invalidate({ queryKey: keys.facets(), predicate: (query) => !isUnjudged(query) }, refetchEveryMs),
      rows: invalidate({ queryKey: ['tasks'], predicate: isCheap }, refetchEveryMs),
      unjudged: invalidate({ queryKey: ['tasks'], predicate: isUnjudged }, refetchCostlyEveryMs),
      long: invalidate({ queryKey: keys.lists(), predicate: isLong }, refetchCostlyEveryMs),
    };
  });
  const [changes] = useState(() =>
    perFrame<TaskSummary>((tasks) => {
      if (applyChanges(queryClient, tasks)) refetch.rows();
      refetch.overview();
      refetch.counts();
      refetch.unjudged();
    }),
  );

  useEffect(
    () => () => {
      changes.cancel();
      for (const one of Object.values(refetch)) one.cancel();
    },
    [changes, refetch],
  );

  useTopic(topics.tasks, {
    onMessage(event, payload) {
      const message = event === 'changes' ? readTasksMessage(payload) : null;
      if (!message) return;
      if ('refetch' in message) {
        for (const one of Object.values(refetch)) one();
        return;
      }
      journal.record(message.tasks, Date.now());
      changes.add(message.tasks);
    },
    onJoined() {
      setCatchingUp(true);
      void refetchAll(queryClient).finally(() => setCatchingUp(false));
    },
  });
  useTopic(topics.workers, { onMessage: () => refetch.overview(), onJoined: () => undefined });
  useTopic(topics.queues, { onMessage: () => refetch.overview(), onJoined: () => undefined });
  return catchingUp;
}

const filtered = new Set([keys.lists(), keys.facets(), keys.heldRows({})].map((key) => key[1]));

/** The filter of what a query asks for: rows or counts; undefined for any other query. */
const filterOf = ({ queryKey }: Query): TaskFilter | undefined =>
  filtered.has(queryKey[1] as 'list') ? (queryKey[2] as TaskFilter) : undefined;

const isUnjudged = (query: Query): boolean => !canJudge(filterOf(query) ?? {});

const isLong = (query: Query): boolean =>
  query.queryKey[1] === keys.lists()[1] &&
  ((query.state.data as InfiniteData<TaskPage> | undefined)?.pages.length ?? 0) > manyPages;

const isCheap = (query: Query): boolean => !isUnjudged(query) && !isLong(query);

/** @returns true when a list has grown so long by what arrived that it should start anew. */
function applyChanges(queryClient: QueryClient, changes: readonly TaskSummary[]): boolean {
  let tooLong = false;
  for (const query of queryClient.getQueryCache().findAll({ queryKey: keys.lists() })) {
    const filter = filterOf(query);
    // A row that changed may have left a list that only the server can judge: that list is fetched anew.
    if (!filter || isUnjudged(query)) continue;
    const data = queryClient.setQueryData<InfiniteData<TaskPage>>(
      query.queryKey,
      (known) => known && mergeIntoPages(known, changes, filter),
    );
    tooLong ||= data?.pages.some((page) => page.tasks.length > maxPageRows) ?? false;
  }
  for (const change of changes) {
    const known = queryClient.getQueryData<TaskView>(keys.detail(change.id));
    if (!known || change.version <= known.version) continue;
    queryClient.setQueryData(keys.detail(change.id), mergeDetail(known, change));
    void queryClient.invalidateQueries({ queryKey: keys.detail(change.id) }, { cancelRefetch: true });
    void queryClient.invalidateQueries({ queryKey: keys.logs(change.id) });
  }
  return tooLong;
}

async function refetchAll(queryClient: QueryClient): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['tasks'] }),
    queryClient.invalidateQueries({ queryKey: keys.overview() }),
  ]);
}
