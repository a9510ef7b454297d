'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Square } from 'lucide-react';
import type { BulkOperation } from '#lib/bulk/types';
import { topics } from '#lib/realtime/topics';
import type { ControlVerb } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { useMayAct } from '../shell/member.tsx';
import { ProgressBar } from '../tasks/progress-bar.tsx';
import { useNow } from '../time/clock.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { cancelOperation, fetchOperations } from './calls.ts';

const verbs: Record<ControlVerb, { doing: string; done: string }> = {
  cancel: { doing: 'Cancelling', done: 'Cancelled' },
  pause: { doing: 'Pausing', done: 'Paused' },
  resume: { doing: 'Resuming', done: 'Resumed' },
  retry: { doing: 'Retrying', done: 'Retried' },
  redrive: { doing: 'Redriving', done: 'Redriven' },
  archive: { doing: 'Archiving', done: 'Archived' },
  unarchive: { doing: 'Unarchiving', done: 'Unarchived' },
  dismiss: { doing: 'Dismissing', done: 'Dismissed' },
  undismiss: { doing: 'Bringing back', done: 'Brought back' },
  purge: { doing: 'Deleting', done: 'Deleted' },
};

/** An end is news for so long. */
const newsMs = 10 * 60_000;

/** What goes on in the background for many tasks, and what has just ended. */
export function Operations({ initial }: { initial: BulkOperation[] }) {
  const refetchInterval = useFallbackInterval();
  const { data: operations } = useQuery({
    queryKey: keys.operations(),
    queryFn: ({ signal }) => fetchOperations(signal),
    initialData: initial,
    refetchInterval,
  });
  const now = useNow();
  const shown = operations.filter(({ finishedAt }) => finishedAt === null || Date.parse(finishedAt) > now - newsMs);
  if (shown.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>In the background</CardTitle>
      </CardHeader>
      <ul aria-label="In the background" className="divide-y">
        {shown.map((operation) => (
          <OperationRow key={operation.id} operation={operation} />
        ))}
      </ul>
    </Card>
  );
}

function OperationRow({ operation }: { operation: BulkOperation }) {
  const { state, verb, done, skipped, finishedAt } = operation;
  const { doing, done: past } = verbs[verb];
  const total = `${operation.total}${operation.totalCapped ? ' or more' : ''}`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 text-[13px]">
      <p className="min-w-0 flex-1 basis-48 tabular-nums">
        {state === 'running' ? `${doing} ${done + skipped} of ${total}` : `${past} ${done} of ${total}`}
        {skipped > 0 ? <span className="text-muted-foreground"> · {skipped} left as they were</span> : null}
        {state === 'cancelled' ? <span className="text-muted-foreground"> · stopped</span> : null}
      </p>
      {finishedAt === null ? (
        <Running operation={operation} />
      ) : (
        <RelativeTime at={finishedAt} className="text-xs text-muted-foreground" />
      )}
    </li>
  );
}

/** How far it is, and the way to end it. */
function Running({ operation }: { operation: BulkOperation }) {
  const seen = operation.done + operation.skipped;
  const mayAct = useMayAct();
  useRefetchOn(topics.bulk(operation.id), keys.deadLetters());
  return (
    <>
      <ProgressBar
        progress={{ fraction: seen / Math.max(1, operation.total), done: seen, total: operation.total }}
        state="running"
        className="w-40"
      />
      {mayAct ? <Stop id={operation.id} /> : null}
    </>
  );
}

function Stop({ id }: { id: string }) {
  const queryClient = useQueryClient();
  const stop = useMutation({
    mutationFn: () => cancelOperation(id),
    onError: (error) => toastRefusal('It was not stopped.', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.deadLetters() }),
  });
  return (
    <Button size="sm" disabled={stop.isPending} onClick={() => stop.mutate()}>
      <Square /> Stop
    </Button>
  );
}
