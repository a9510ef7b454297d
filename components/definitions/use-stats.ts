'use client';

import { useQuery } from '@tanstack/react-query';
import { topics } from '#lib/realtime/topics';
import type { DefinitionRates, WindowStats } from '#lib/stats/types';
import { request } from '../api/http.ts';
import { keys } from '../api/keys.ts';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';

/** How often figures are read anew while tasks move. */
const statsEveryMs = 2_000;
const dayEveryMs = 10_000;

/** The figures of a definition, live. */
export function useDefinitionStats(definition: string, initial: WindowStats) {
  const { window } = initial;
  const refetchInterval = useFallbackInterval();
  useRefetchOn(topics.tasks, keys.stats(), statsEveryMs);
  return useQuery({
    queryKey: keys.statsOf(window, { definition }),
    queryFn: ({ signal }) =>
      request<WindowStats>(`/api/stats?window=${window}&definition=${encodeURIComponent(definition)}`, { signal }),
    initialData: initial,
    refetchInterval,
  });
}

/** The last 24 hours of every definition, live. */
export function useDefinitionRates(initial: DefinitionRates[]): DefinitionRates[] {
  const refetchInterval = useFallbackInterval();
  useRefetchOn(topics.tasks, keys.definitionRates(), dayEveryMs);
  const { data } = useQuery({
    queryKey: keys.definitionRates(),
    queryFn: async ({ signal }) =>
      (await request<{ definitions: DefinitionRates[] }>('/api/stats/definitions', { signal })).definitions,
    initialData: initial,
    refetchInterval,
  });
  return data;
}
