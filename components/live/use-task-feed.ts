'use client';

import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { topics } from '#lib/realtime/topics';
import type { TaskSummary } from '#lib/tasks/types';
import { pageSize } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import type { TaskPage, TaskView } from '../api/types.ts';
import type { TaskFilter } from '../tasks/filter.ts';
import { useJournal } from './live-provider.tsx';
import { mergeDetail, mergeIntoPages } from './merge.ts';
import { readTasksMessage } from './messages.ts';
import { throttle } from './throttle.ts';
import { useTopic } from './use-topic.ts';

/** How often changes may cause a refetch of what they do not carry: counts, queues, whole lists. */
const refetchEveryMs = 1_000;
/** A page that live rows have stretched beyond this is fetched anew, so that a busy day does not fill the memory. */
const maxPageRows = 4 * pageSize;

/**
 * Keeps every list, count and task in the cache true while the page is open; mounted once, in the shell.
 * @returns true while the page catches up with what it missed.
 */
export function useTaskFeed(): boolean {
  const queryClient = useQueryClient();
  const journal = useJournal();
  const [catchingUp, setCatchingUp] = useState(false);
  const [refetch] = useState(() => ({
    sums: throttle(() => void refetchSums(queryClient), refetchEveryMs),
    all: throttle(() => void refetchAll(queryClient), refetchEveryMs),
    overview: throttle(() => void queryClient.invalidateQueries({ queryKey: keys.overview() }), refetchEveryMs),
  }));

  useEffect(
    () => () => {
      for (const one of Object.values(refetch)) one.cancel();
    },
    [refetch],
  );

  useTopic(topics.tasks, {
    onMessage(event, payload) {
      const message = event === 'changes' ? readTasksMessage(payload) : null;
      if (!message) return;
      if ('refetch' in message) return refetch.all();
      journal.record(message.tasks, Date.now());
      if (applyChanges(queryClient, message.tasks)) refetch.all();
      else refetch.sums();
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

/** @returns true when a list has grown so long by what arrived that it should start anew. */
function applyChanges(queryClient: QueryClient, changes: readonly TaskSummary[]): boolean {
  let tooLong = false;
  for (const query of queryClient.getQueryCache().findAll({ queryKey: keys.lists() })) {
    const filter = query.queryKey[2] as TaskFilter;
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

async function refetchSums(queryClient: QueryClient): Promise<void> {
  if (document.visibilityState === 'hidden') return;
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: keys.counts() }),
    queryClient.invalidateQueries({ queryKey: keys.overview() }),
  ]);
}

async function refetchAll(queryClient: QueryClient): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['tasks'] }),
    queryClient.invalidateQueries({ queryKey: keys.overview() }),
  ]);
}
