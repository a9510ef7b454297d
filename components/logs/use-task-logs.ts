'use client';

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { fetchLogs } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import type { LogPage } from '../api/types.ts';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { createRefetcher } from '../live/refetcher.ts';
import { useTaskChannel } from '../live/use-task-channel.ts';
import { addFetched, addLive, type LogState, noLines } from './lines.ts';

/** Pages that one refresh loads by itself; more only on request. */
const pagesAtOnce = 10;
/** How often lines that were missed may cause a fetch. */
const refetchEveryMs = 1_000;

async function load(queryClient: QueryClient, id: string, signal: AbortSignal): Promise<LogState> {
  const known = () => queryClient.getQueryData<LogState>(keys.logs(id)) ?? noLines;
  let state = known();
  const pages: LogPage[] = [];
  for (let index = 0; index < pagesAtOnce; index += 1) {
    const page = await fetchLogs(id, state.verifiedTo, signal);
    pages.push(page);
    state = addFetched(state, page);
    if (page.next === null) break;
  }
  // Lines may have been broadcast in the meantime: the pages are laid over what is known now.
  return pages.reduce(addFetched, known());
}

/** A task's log, live. */
export function useTaskLogs(id: string, initial: LogPage) {
  const queryClient = useQueryClient();
  const refetchInterval = useFallbackInterval();
  const query = useQuery({
    queryKey: keys.logs(id),
    queryFn: ({ signal }) => load(queryClient, id, signal),
    initialData: () => addFetched(noLines, initial),
    refetchInterval,
  });
  const refetch = useMemo(
    () => createRefetcher(queryClient, { queryKey: keys.logs(id) }, refetchEveryMs),
    [queryClient, id],
  );
  useEffect(() => () => refetch.cancel(), [refetch]);
  useTaskChannel(id, {
    onLines(lines) {
      const { state, gap } = addLive(queryClient.getQueryData<LogState>(keys.logs(id)) ?? noLines, lines);
      queryClient.setQueryData(keys.logs(id), state);
      if (gap) refetch();
    },
    onMissed: () => refetch(),
  });
  return query;
}
