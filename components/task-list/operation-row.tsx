'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Square, Undo2, X } from 'lucide-react';
import { useEffect } from 'react';
import type { BulkOperation } from '#lib/bulk/types';
import { topics } from '#lib/realtime/topics';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { ProgressBar } from '../tasks/progress-bar.tsx';
import { Button } from '../ui/button.tsx';
import { fetchOperation, startBulk, stopOperation } from './calls.ts';
import { countWords } from './count-text.tsx';
import { type OwnOperation, ownOperationsId, useOwnOperations } from './use-own-operations.ts';
import { type BulkVerb, verbs } from './verbs.ts';

/** How often a step of an operation is looked at: it moves many times a second. */
const lookEveryMs = 500;

export function OperationRow({ id, undo }: OwnOperation) {
  const { remove } = useOwnOperations();
  const operation = useOperation(id);
  if (!operation) return null;
  const seen = operation.done + operation.skipped;
  const running = operation.state === 'running';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-[13px]">
      <p role={running ? undefined : 'status'} className="min-w-0 flex-1 basis-48 tabular-nums">
        {operationText(operation)}
      </p>
      {running ? (
        <ProgressBar
          progress={{ fraction: seen / Math.max(1, operation.total), done: seen, total: operation.total }}
          state="running"
          className="w-40"
        />
      ) : null}
      {running ? <Stop id={id} /> : null}
      {!running && undo ? <Undo operation={operation} ids={undo} /> : null}
      {running ? null : (
        <Button variant="ghost" size="icon-sm" aria-label="Hide this" onClick={() => remove(id)}>
          <X />
        </Button>
      )}
    </li>
  );
}

function operationText({ verb, state, done, skipped, total, totalCapped }: BulkOperation): string {
  const { doing, done: past } = verbs[verb as BulkVerb];
  const of = countWords({ count: total, more: totalCapped });
  const left = skipped > 0 ? ` · ${skipped} left as they were` : '';
  if (state === 'running') return `${doing} ${done + skipped} of ${of}${left}`;
  return `${past} ${done} of ${of}${left}${state === 'cancelled' ? ' · stopped' : ''}`;
}

/** Live while it runs. Its end changes what the lists hold, which rows alone do not tell of those that were archived. */
function useOperation(id: string): BulkOperation | undefined {
  const queryClient = useQueryClient();
  const fallback = useFallbackInterval();
  const { data } = useQuery({
    queryKey: keys.operation(id),
    queryFn: ({ signal }) => fetchOperation(id, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? fallback : false),
  });
  useRefetchOn(topics.bulk(id), keys.operation(id), lookEveryMs);
  const ended = data !== undefined && data.state !== 'running';
  useEffect(() => {
    if (ended) void queryClient.invalidateQueries({ queryKey: ['tasks'] });
  }, [ended, queryClient]);
  return data;
}

function Stop({ id }: { id: string }) {
  const queryClient = useQueryClient();
  const stop = useMutation({
    mutationFn: () => stopOperation(id),
    onError: (error) => toastRefusal('It was not stopped.', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.operation(id) }),
  });
  return (
    <Button size="sm" disabled={stop.isPending} onClick={() => stop.mutate()}>
      <Square /> Stop
    </Button>
  );
}

/** Begins the opposite over the tasks that were changed. */
function Undo({ operation, ids }: { operation: BulkOperation; ids: string[] }) {
  const { add, remove } = useOwnOperations();
  const opposite = verbs[operation.verb as BulkVerb].opposite;
  const undo = useMutation({
    mutationFn: (verb: BulkVerb) => startBulk(verb, { ids }),
    onSuccess: (begun) => {
      remove(operation.id);
      add(begun, null);
      // Its button has gone.
      document.getElementById(ownOperationsId)?.focus();
    },
    onError: (error) => toastRefusal('It was not taken back.', error),
  });
  if (!opposite) return null;
  return (
    <Button size="sm" disabled={undo.isPending} onClick={() => undo.mutate(opposite)}>
      <Undo2 /> Undo
    </Button>
  );
}
