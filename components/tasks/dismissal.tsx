'use client';

import { BellOff, Undo2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { TaskView } from '../api/types.ts';
import { Button } from '../ui/button.tsx';
import { useControlTask } from './use-control-task.ts';

// Few tasks are dead letters.
const DismissTaskDialog = lazy(async () => ({
  default: (await import('./dismiss-task-dialog.tsx')).DismissTaskDialog,
}));

/** Dismisses a dead letter, or brings it back: one button, which keeps the focus. */
export function Dismissal({ task }: { task: TaskView }) {
  const [asking, setAsking] = useState(false);
  const { mutate, isPending } = useControlTask(task.id);
  const dismissed = task.dismissedAt !== null;
  return (
    <>
      <Button
        variant="ghost"
        aria-disabled={isPending}
        onClick={() => isPending || (dismissed ? mutate('undismiss') : setAsking(true))}
      >
        {dismissed ? <Undo2 /> : <BellOff />} {dismissed ? 'Bring back' : 'Dismiss'}
      </Button>
      {asking ? (
        <Suspense>
          <DismissTaskDialog id={task.id} onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
