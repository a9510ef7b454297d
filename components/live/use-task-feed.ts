'use client';

import { type InfiniteData, type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { topics } from '#lib/realtime/topics';
import type { TaskSummary } from '#lib/tasks/types';
import { pageSize } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import type { TaskPage, TaskView } from '../api/types.ts';
import { canJudge, matchesFilter } from '../tasks/filter.ts';
import { filterOf } from './concerns.ts';
import { useJournal } from './live-provider.tsx';
import { mergeDetail, mergeIntoPages } from './merge.ts';
import { readTasksMessage } from './messages.ts';
import { perFrame } from './per-frame.ts';
import { createRefetcher } from './refetcher.ts';
import { setAsOld } from './set-as-old.ts';
import { useTopic } from './use-topic.ts';

/** What has topics of its own, on which something may have been missed too. */
const besides = [keys.queues(), keys.operationsOfAny()];
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
    const invalidate = (filters: Parameters<typeof createRefetcher>[1], everyMs: number) =>
      createRefetcher(queryClient, filters, everyMs);
    return {
      overview: invalidate({ queryKey: keys.overview() }, refetchEveryMs),
      counts: invalidate({ queryKey: keys.facets(), predicate: (query) => !isUnjudged(query) }, refetchEveryMs),
      rows: invalidate({ queryKey: ['tasks'], predicate: isRows }, refetchEveryMs),
      unjudged: invalidate({ queryKey: ['tasks'], predicate: isUnjudged }, refetchCostlyEveryMs),
      long: invalidate({ queryKey: keys.lists(), predicate: isLong }, refetchCostlyEveryMs),
    };
  });
  const [changes] = useState(() =>
    perFrame<TaskSummary>((tasks) => {
      if (applyChanges(queryClient, tasks)) {
        refetch.rows();
        refetch.long();
      }
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
      if (event === 'missed') {
        for (const one of Object.values(refetch)) one();
        for (const queryKey of besides) void queryClient.invalidateQueries({ queryKey });
      }
      const message = event === 'changes' ? readTasksMessage(payload) : null;
      if (!message) return;
      const now = Date.now();
      const { tasks, untold = [] } = message;
      journal.recordUntold(untold, now);
      const doubtful = tasks.filter((task) => journal.isDoubtful(task, now)).map(({ definition }) => definition);
      const unsure = new Set([...untold, ...doubtful]);
      if (unsure.size > 0) for (const one of Object.values(refetch)) one(unsure);
      const current = journal.record(tasks, now);
      // Who looks again gets everything anew; until then it would only fill the memory.
      if (current.length > 0 && document.visibilityState === 'visible') changes.add(current);
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

const isUnjudged = (query: Query): boolean => !canJudge(filterOf(query) ?? {});

const isLong = (query: Query): boolean =>
  query.queryKey[1] === keys.lists()[1] &&
  ((query.state.data as InfiniteData<TaskPage> | undefined)?.pages.length ?? 0) > manyPages;

/** Lists and tasks that a refetch of all takes along; counts, long lists and what only the server can judge have their own. */
const isRows = (query: Query): boolean =>
  query.queryKey[1] !== keys.facets()[1] && !isUnjudged(query) && !isLong(query);

/**
 * @returns true when a list should start anew: it has grown long by what arrived, or lost all rows by which a new one finds its
 * place.
 */
function applyChanges(queryClient: QueryClient, changes: readonly TaskSummary[]): boolean {
  let startAnew = false;
  for (const query of queryClient.getQueryCache().findAll({ queryKey: keys.lists() })) {
    const filter = filterOf(query);
    // A row that changed may have left a list that only the server can judge: that list is fetched anew.
    if (!filter || isUnjudged(query)) continue;
    const known = queryClient.getQueryData<InfiniteData<TaskPage>>(query.queryKey);
    const data = known && mergeIntoPages(known, changes, filter);
    if (!data) continue;
    startAnew ||= query.isActive() && isDrained(data) && changes.some((change) => matchesFilter(change, filter));
    if (data === known) continue;
    if (isTooLong(data)) {
      if (!query.isActive()) {
        queryClient.removeQueries({ queryKey: query.queryKey, exact: true });
        continue;
      }
      startAnew = true;
    }
    setAsOld(queryClient, query, data);
  }
  for (const change of changes) {
    const known = queryClient.getQueryData<TaskView>(keys.detail(change.id));
    if (!known || change.version <= known.version) continue;
    queryClient.setQueryData(keys.detail(change.id), mergeDetail(known, change));
    void queryClient.invalidateQueries({ queryKey: keys.detail(change.id) }, { cancelRefetch: true });
    void queryClient.invalidateQueries({ queryKey: keys.logs(change.id) });
  }
  return startAnew;
}

const isTooLong = ({ pages }: InfiniteData<TaskPage>): boolean => pages.some(({ tasks }) => tasks.length > maxPageRows);

/** There is more behind the last page, but no row on it that says where. */
function isDrained({ pages }: InfiniteData<TaskPage>): boolean {
  const last = pages.at(-1);
  return last !== undefined && last.tasks.length === 0 && last.nextCursor !== null;
}

async function refetchAll(queryClient: QueryClient): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['tasks'] }),
    queryClient.invalidateQueries({ queryKey: keys.overview() }),
  ]);
}
