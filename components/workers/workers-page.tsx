'use client';

import { useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import type { WorkerInfo } from '#lib/workers/types';
import { topics } from '#lib/realtime/topics';
import { keys } from '../api/keys.ts';
import { describeError } from '../api/problem.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { type Fleet, fetchFleet } from './calls.ts';
import { PoolRow } from './pool-row.tsx';
import { SlotsBusy, takesTasks } from './slots-busy.tsx';
import { WorkerRow } from './worker-row.tsx';

/** Who works, and how each is, live. */
export function WorkersPage({ initial }: { initial: Fleet }) {
  const { data: fleet, error } = useFleet(initial);
  return (
    <HydratedFieldset>
      <div className="flex flex-col gap-4">
        <h1 className="text-lg font-semibold tracking-tight">Workers</h1>
        {error ? (
          <Notice tone="error" title={`These numbers could not be updated. ${describeError(error).title}`}>
            {describeError(error).hint}
          </Notice>
        ) : null}
        {fleet.pools.length > 0 ? (
          <Card>
            <CardHeader>
              <CardTitle>Hosts</CardTitle>
            </CardHeader>
            <ul aria-label="Hosts" className="divide-y">
              {fleet.pools.map((pool) => (
                <PoolRow key={pool.id} pool={pool} />
              ))}
            </ul>
          </Card>
        ) : null}
        <Processes workers={fleet.workers} />
      </div>
    </HydratedFieldset>
  );
}

function Processes({ workers }: { workers: WorkerInfo[] }) {
  const taking = workers.filter(takesTasks);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Processes</CardTitle>
        <SlotsBusy workers={workers} />
      </CardHeader>
      {workers.length === 0 ? (
        <EmptyState icon={Server} title="No worker is running">
          Tasks are accepted and kept; they start as soon as a worker does.
        </EmptyState>
      ) : (
        <ul aria-label="Workers" className="divide-y">
          {workers.map((worker) => (
            <WorkerRow key={worker.id} worker={worker} last={taking.every(({ id }) => id === worker.id)} />
          ))}
        </ul>
      )}
    </Card>
  );
}

const livenessMs = 10_000;

function useFleet(initial: Fleet) {
  // Workers say how they are; what they run moves with the tasks.
  useRefetchOn(topics.workers, keys.fleet());
  useRefetchOn(topics.tasks, keys.fleet());
  return useQuery({
    queryKey: keys.fleet(),
    queryFn: ({ signal }) => fetchFleet(signal),
    initialData: initial,
    // That a worker lives is told by nobody: its death is the absence of news.
    refetchInterval: livenessMs,
  });
}
