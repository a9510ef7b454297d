'use client';

import { useQuery } from '@tanstack/react-query';
import { Layers } from 'lucide-react';
import type { QueueInfo } from '#lib/queues/types';
import type { QueueRate } from '#lib/stats/types';
import { topics } from '#lib/realtime/topics';
import { keys } from '../api/keys.ts';
import { describeError } from '../api/problem.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { useMay } from '../shell/member.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { fetchQueueRates, fetchQueues } from './calls.ts';
import { NewQueue } from './new-queue.tsx';
import { QueueRow } from './queue-row.tsx';

/** Every queue, live. */
export function QueuesPage({ initial, initialRates }: { initial: QueueInfo[]; initialRates: QueueRate[] }) {
  const mayConfigure = useMay('admin');
  const { data: queues, error } = useQueues(initial);
  const rates = useQueueRates(initialRates);
  return (
    <HydratedFieldset>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-lg font-semibold tracking-tight">Queues</h1>
          {mayConfigure ? <NewQueue /> : null}
        </div>
        {error ? (
          <Notice tone="error" title={`These numbers could not be updated. ${describeError(error).title}`}>
            {describeError(error).hint}
          </Notice>
        ) : null}
        <Card>
          {queues.length === 0 ? (
            <EmptyState icon={Layers} title="No queues yet">
              A worker registers the queues of its task types when it starts.
            </EmptyState>
          ) : (
            <ul aria-label="Queues" className="divide-y">
              {queues.map((queue) => (
                <QueueRow key={queue.name} queue={queue} rate={rates.find((rate) => rate.queue === queue.name)} />
              ))}
            </ul>
          )}
        </Card>
      </div>
    </HydratedFieldset>
  );
}

function useQueues(initial: QueueInfo[]) {
  const refetchInterval = useFallbackInterval();
  // Settings are told by their own topic, depths move with the tasks.
  useRefetchOn(topics.queues, keys.queues());
  useRefetchOn(topics.tasks, keys.queues());
  return useQuery({
    queryKey: keys.queues(),
    queryFn: ({ signal }) => fetchQueues(signal),
    initialData: initial,
    refetchInterval,
  });
}

/** How often rates are read anew while tasks move: they are of five minutes. */
const ratesEveryMs = 5_000;

function useQueueRates(initial: QueueRate[]): QueueRate[] {
  const refetchInterval = useFallbackInterval();
  useRefetchOn(topics.tasks, keys.queueRates(), ratesEveryMs);
  const { data } = useQuery({
    queryKey: keys.queueRates(),
    queryFn: ({ signal }) => fetchQueueRates(signal),
    initialData: initial,
    refetchInterval,
  });
  return data;
}
