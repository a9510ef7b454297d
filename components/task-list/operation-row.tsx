'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2, X } from 'lucide-react';
import { useEffect } from 'react';
import type { BulkOperation } from '#lib/bulk/types';
import { topics } from '#lib/realtime/topics';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { useFallbackInterval } from '../live/live-provider.tsx';
import { useRefetchOn } from '../live/use-refetch-on.ts';
import { Button } from '../ui/button.tsx';
import { fetchOperation, startBulk } from './calls.ts';
import { OperationLine } from './operation-line.tsx';
import { type OwnOperation, ownOperationsId, useOwnOperations } from './use-own-operations.ts';
import { type BulkVerb, opposites } from './verbs.ts';

/** How often a step of an operation is looked at: it moves many times a second. */
const lookEveryMs = 500;

/** An operation that was begun from here, with the way to take it back. */
export function OperationRow({ id, undo }: OwnOperation) {
  const { remove } = useOwnOperations();
  const operation = useOperation(id);
  if (!operation) return null;
  return (
    <OperationLine operation={operation}>
      {undo ? <Undo operation={operation} ids={undo} /> : null}
      <Button variant="ghost" size="icon-sm" aria-label="Hide this" onClick={() => remove(id)}>
        <X />
      </Button>
    </OperationLine>
  );
}

/** Live while it runs. Its end changes what the lists hold, which rows alone do not tell of those that were archived. */
function useOperation(id: string): BulkOperation | undefined {
  const queryClient = useQueryClient();
  const fallback = useFallbackInterval();
  const { data } = useQuery({
    queryKey: keys.operation(id),
    queryFn: ({ signal }) => fetchOperation(id, signal),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? fallback(query) : false),
  });
  useRefetchOn(topics.bulk(id), keys.operation(id), lookEveryMs);
  const ended = data !== undefined && data.state !== 'running';
  useEffect(() => {
    if (ended) void queryClient.invalidateQueries({ queryKey: ['tasks'] });
  }, [ended, queryClient]);
  return data;
}

/** Begins the opposite over the tasks that were changed. */
function Undo({ operation, ids }: { operation: BulkOperation; ids: string[] }) {
  const { add, remove } = useOwnOperations();
  const opposite = opposites[operation.verb];
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
