'use client';

import { Copy, Pause, Play, RotateCcw, Square } from 'lucide-react';
import Link from 'next/link';
import { isCancellable, isDeadLetter, isRetryable, mayBecome } from '#lib/tasks/state';
import type { TaskView } from '../api/types.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { useMayAct } from '../shell/member.tsx';
import { Button } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Dismissal } from './dismissal.tsx';
import { EditAndRedrive } from './edit-and-redrive.tsx';
import { useControlTask } from './use-control-task.ts';

/** What a member may do with a task in its present state. */
export function TaskActions({ task }: { task: TaskView }) {
  const mayAct = useMayAct();
  const control = useControlTask(task.id);
  if (!mayAct) return null;
  const paused = task.state === 'paused';
  // Asked, but the handler has not stopped yet: only the feed may say that it has.
  const stopping = task.cancelRequested && task.state === 'running';

  return (
    <HydratedFieldset>
      <div className="flex flex-wrap gap-2">
        {/* At the other end than Cancel, on wide pages and narrow ones: a click that comes too late to cancel sends nothing again. */}
        {isRetryable(task.state) ? (
          <Button
            variant="primary"
            title="Runs it again as it is, with all its attempts anew."
            disabled={control.isPending}
            onClick={() => control.mutate('retry')}
          >
            {control.isPending ? <Spinner /> : <RotateCcw />} Retry
          </Button>
        ) : null}
        <Button asChild>
          <Link href={`/tasks/new?from=${task.id}`}>
            <Copy /> Submit one like this
          </Link>
        </Button>
        {paused || mayBecome(task.state, 'paused') ? (
          // One button for both, which stays where it is and is never taken away from the focus.
          <Button
            variant={paused ? 'primary' : 'outline'}
            aria-disabled={control.isPending}
            onClick={() => control.isPending || control.mutate(paused ? 'resume' : 'pause')}
          >
            {paused ? <Play /> : <Pause />} {paused ? 'Resume' : 'Pause'}
          </Button>
        ) : null}
        {isDeadLetter(task.state) ? <Dismissal task={task} /> : null}
        {isRetryable(task.state) ? <EditAndRedrive task={task} /> : null}
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
