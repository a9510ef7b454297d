'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, RotateCcw, Square } from 'lucide-react';
import Link from 'next/link';
import { toast } from 'sonner';
import { isCancellable, isRetryable } from '#lib/tasks/state';
import type { TaskSummary } from '#lib/tasks/types';
import { controlTask } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { describeError } from '../api/problem.ts';
import { useMayAct } from '../shell/member.tsx';
import { Button } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';

type Action = 'cancel' | 'retry';

const refusals: Record<Action, string> = {
  cancel: 'The task was not cancelled.',
  retry: 'The task was not sent again.',
};

/** What a member may do with a task in its present state. */
export function TaskActions({ task }: { task: TaskSummary }) {
  const mayAct = useMayAct();
  const control = useControl(task.id);
  if (!mayAct) return null;
  // Asked, but the handler has not stopped yet: only the feed may say that it has.
  const stopping = task.cancelRequested && task.state === 'running';

  return (
    <div className="flex flex-wrap gap-2">
      <Button asChild>
        <Link href={`/tasks/new?definition=${encodeURIComponent(task.definition)}&from=${task.id}`}>
          <Copy /> Edit and resubmit
        </Link>
      </Button>
      {isRetryable(task.state) ? (
        <Button variant="primary" disabled={control.isPending} onClick={() => control.mutate('retry')}>
          {control.isPending ? <Spinner /> : <RotateCcw />} Retry
        </Button>
      ) : null}
      {isCancellable(task.state) ? (
        <Button variant="destructive" disabled={control.isPending || stopping} onClick={() => control.mutate('cancel')}>
          {control.isPending || stopping ? <Spinner /> : <Square />} {stopping ? 'Stopping …' : 'Cancel'}
        </Button>
      ) : null}
    </div>
  );
}

function useControl(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: Action) => controlTask(id, action),
    onError: (error, action) => {
      const { title, hint } = describeError(error);
      toast.error(refusals[action], { description: hint ? `${title} ${hint}` : title });
    },
    // The answer says only the state; the refetch brings the rest, also where the live link is down.
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.detail(id) }),
  });
}
