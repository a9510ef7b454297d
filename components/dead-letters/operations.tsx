'use client';

import { useQuery } from '@tanstack/react-query';
import type { BulkOperation } from '#lib/bulk/types';
import { topics } from '#lib/realtime/topics';
import type { ControlVerb } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { OperationLine } from '../task-list/operation-line.tsx';
import { useNow } from '../time/clock.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { fetchOperations } from './calls.ts';

/** An end is news for so long. */
const newsMs = 10 * 60_000;

/** What is done to dead letters, or makes them go. */
const concerning = new Set<ControlVerb>(['retry', 'redrive', 'dismiss', 'undismiss', 'purge']);

/** What goes on in the background for many dead letters, and what has just ended. */
export function Operations({ initial }: { initial: BulkOperation[] }) {
  const refetchInterval = useFallbackInterval();
  const { data: operations } = useQuery({
    queryKey: keys.operations(),
    queryFn: ({ signal }) => fetchOperations(signal),
    initialData: initial,
    refetchInterval,
  });
  const now = useNow();
  const isNews = ({ verb, finishedAt }: BulkOperation) =>
    concerning.has(verb) && (finishedAt === null || Date.parse(finishedAt) > now - newsMs);
  const shown = operations.filter(isNews);
  if (shown.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>In the background</CardTitle>
      </CardHeader>
      <ul aria-label="In the background" className="divide-y">
        {shown.map((operation) => (
          <Operation key={operation.id} operation={operation} />
        ))}
      </ul>
    </Card>
  );
}

function Operation({ operation }: { operation: BulkOperation }) {
  if (operation.finishedAt === null) return <Running operation={operation} />;
  return (
    <OperationLine operation={operation}>
      <RelativeTime at={operation.finishedAt} className="text-xs text-muted-foreground" />
    </OperationLine>
  );
}

function Running({ operation }: { operation: BulkOperation }) {
  useRefetchOn(topics.bulk(operation.id), keys.deadLetters());
  return <OperationLine operation={operation} />;
}
