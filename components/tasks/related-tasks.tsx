'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { fetchGraph } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { useFallbackInterval } from '../live/live-provider.tsx';

// Most tasks stand alone and need no drawing.
const TaskGraph = lazy(async () => ({ default: (await import('./task-graph.tsx')).TaskGraph }));

/** The tasks that this one has to do with, as a graph; nothing for a task that stands alone. */
export function RelatedTasks({ taskId }: { taskId: string }) {
  const refetchInterval = useFallbackInterval();
  const { data } = useQuery({
    queryKey: keys.graph(taskId),
    queryFn: ({ signal }) => fetchGraph(taskId, signal),
    refetchInterval,
  });
  if (!data || data.nodes.length < 2) return null;
  return (
    <Suspense>
      <TaskGraph taskId={taskId} graph={data} />
    </Suspense>
  );
}
