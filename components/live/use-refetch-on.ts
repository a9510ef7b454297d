'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createRefetcher } from './refetcher.ts';
import { useTopic } from './use-topic.ts';

/**
 * Asks anew for what `queryKey` names when something is said on the topic, and when the topic is joined again; at most once in
 * `everyMs`, however much is said.
 */
export function useRefetchOn(topic: string, queryKey: QueryKey, everyMs = 1_000): void {
  const queryClient = useQueryClient();
  const [refetch] = useState(() => createRefetcher(queryClient, { queryKey }, everyMs));
  useEffect(() => () => refetch.cancel(), [refetch]);
  useTopic(topic, { onMessage: () => refetch(), onJoined: () => refetch() });
}
