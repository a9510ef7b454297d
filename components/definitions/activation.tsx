'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleOff, CirclePlay } from 'lucide-react';
import { useState } from 'react';
import type { DefinitionInfo } from '#lib/tasks/types';
import { request } from '../api/http.ts';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { useMay } from '../shell/member.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

/** Lets an admin close a task type to new tasks, and open it again. */
export function Activation({ definition }: { definition: DefinitionInfo }) {
  const mayConfigure = useMay('admin');
  const [asking, setAsking] = useState(false);
  const change = useActivation(definition.name);
  if (!mayConfigure) return null;
  if (!definition.active) {
    return (
      <Button disabled={change.isPending} onClick={() => change.mutate('activate')}>
        <CirclePlay /> Activate
      </Button>
    );
  }
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        <CircleOff /> Deactivate
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Take no new tasks of “${definition.title}”?`}
        action="Deactivate"
        pending={change.isPending}
        onConfirm={() => change.mutate('deactivate', { onSettled: () => setAsking(false) })}
      >
        Whoever submits one is refused until you activate it again. Tasks that were accepted before still run.
      </ConfirmDialog>
    </>
  );
}

function useActivation(name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (verb: 'activate' | 'deactivate') =>
      request(`/api/definitions/${encodeURIComponent(name)}/${verb}`, { method: 'POST' }),
    onError: (error, verb) => toastRefusal(`The task type was not ${verb}d.`, error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.definitions() }),
  });
}
