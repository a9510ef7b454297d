'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { BulkOperation } from '#lib/bulk/types';
import { keys } from '../api/keys.ts';

/** An operation that was begun from here; `undo` names the tasks that its opposite would take back. */
export type OwnOperation = { id: string; undo: string[] | null };

/** The element that shows them. */
export const ownOperationsId = 'own-operations';

/** So many are shown; older ones go. */
const maxShown = 5;

/** The operations that were begun in this tab, newest first: they are still there when one comes back to the list. */
export function useOwnOperations() {
  const queryClient = useQueryClient();
  const { data: operations } = useQuery({
    queryKey: keys.ownOperations(),
    queryFn: (): OwnOperation[] => [],
    initialData: [],
    staleTime: Infinity,
    gcTime: Infinity,
    enabled: false,
  });
  const change = (next: (known: OwnOperation[]) => OwnOperation[]) =>
    queryClient.setQueryData<OwnOperation[]>(keys.ownOperations(), (known = []) => next(known));
  return {
    operations,
    add: (operation: BulkOperation, undo: string[] | null) => {
      queryClient.setQueryData(keys.operation(operation.id), operation);
      change((known) => [{ id: operation.id, undo }, ...known].slice(0, maxShown));
    },
    remove: (id: string) => change((known) => known.filter((operation) => operation.id !== id)),
  };
}
