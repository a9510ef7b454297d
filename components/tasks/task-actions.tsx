'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, Pause, Play, RotateCcw, Square } from 'lucide-react';
import Link from 'next/link';
import { isCancellable, isRetryable, mayBecome } from '#lib/tasks/state';
import { controlTask, type TaskAction } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import type { TaskView } from '../api/types.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { useMayAct } from '../shell/member.tsx';
import { Button } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { EditAndRedrive } from './edit-and-redrive.tsx';

const refusals: Record<TaskAction, string> = {
  cancel: 'The task was not cancelled.',
  pause: 'The task was not paused.',
  resume: 'The task was not resumed.',
  retry: 'The task was not sent again.',
};

/** What a member may do with a task in its present state. */
export function TaskActions({ task }: { task: TaskView }) {
  const mayAct = useMayAct();
  const control = useControl(task.id);
  if (!mayAct) return null;
  // Asked, but the handler has not stopped yet: only the feed may say that it has.
  const stopping = task.cancelRequested && task.state === 'running';

  return (
    <HydratedFieldset>
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <Link href={`/tasks/new?from=${task.id}`}>
            <Copy /> Submit one like this
          </Link>
        </Button>
        {mayBecome(task.state, 'paused') ? (
          <Button disabled={control.isPending} onClick={() => control.mutate('pause')}>
            <Pause /> Pause
          </Button>
        ) : null}
        {task.state === 'paused' ? (
          <Button variant="primary" disabled={control.isPending} onClick={() => control.mutate('resume')}>
            <Play /> Resume
          </Button>
        ) : null}
        {isRetryable(task.state) ? <EditAndRedrive task={task} /> : null}
        {isRetryable(task.state) ? (
          <Button variant="primary" disabled={control.isPending} onClick={() => control.mutate('retry')}>
            {control.isPending ? <Spinner /> : <RotateCcw />} Retry
          </Button>
        ) : null}
        {isCancellable(task.state) ? (
          <Button
            variant="destructive"
            disabled={control.isPending || stopping}
            onClick={() => control.mutate('cancel')}
          >
            {control.isPending || stopping ? <Spinner /> : <Square />} {stopping ? 'Stopping …' : 'Cancel'}
          </Button>
        ) : null}
      </div>
    </HydratedFieldset>
  );
}

function useControl(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: TaskAction) => controlTask(id, action),
    onError: (error, action) => toastRefusal(refusals[action], error),
    // The answer says only the state; the refetch brings the rest, also where the live link is down.
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: keys.taskAudit(id) });
      return queryClient.invalidateQueries({ queryKey: keys.detail(id), exact: true });
    },
  });
}
