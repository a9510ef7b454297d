'use client';

import { useQuery } from '@tanstack/react-query';
import { takesTasks } from '#components/workers/slots-busy';
import { topics } from '#lib/realtime/topics';
import type { WorkerInfo } from '#lib/workers/types';
import { request } from '../api/http.ts';
import { keys } from '../api/keys.ts';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { fetchQueues } from '../queues/calls.ts';

/** What keeps a queue's tasks from starting, or new ones from being taken. */
export type QueueHold = 'paused' | 'takes no new tasks' | 'no worker';

/** That a worker has died is told by nobody. */
const livenessMs = 10_000;

/**
 * What stands in the way of tasks that wait in a queue, or of one that is new to it, live. Undefined until that is known; null when
 * nothing does.
 */
export function useQueueHold(name: string, task: 'waits' | 'is new'): QueueHold | null | undefined {
  const refetchInterval = useFallbackInterval();
  useRefetchOn(topics.queues, keys.queues());
  useRefetchOn(topics.workers, keys.fleet());
  const { data: queues } = useQuery({
    queryKey: keys.queues(),
    queryFn: ({ signal }) => fetchQueues(signal),
    refetchInterval,
  });
  const { data: workers } = useQuery({
    queryKey: [...keys.fleet(), 'workers'],
    queryFn: async ({ signal }) => (await request<{ workers: WorkerInfo[] }>('/api/workers', { signal })).workers,
    refetchInterval: livenessMs,
  });
  const queue = queues?.find((one) => one.name === name);
  if (queue?.draining && task === 'is new') return 'takes no new tasks';
  if (queue?.paused) return 'paused';
  if (!queues || !workers) return undefined;
  return workers.some((worker) => takesTasks(worker) && worker.queues.includes(name)) ? null : 'no worker';
}
