'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BulkOperation } from '#lib/bulk/types';
import type { ControlVerb } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { useMayAct } from '../shell/member.tsx';
import { ProgressBar } from '../tasks/progress-bar.tsx';
import { Button } from '../ui/button.tsx';
import { stopOperation } from './calls.ts';
import { countWords } from './count-text.tsx';

const words: Record<ControlVerb, { doing: string; done: string }> = {
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

type OperationLineProps = {
  operation: BulkOperation;
  /** What stands at its end once it has ended. */
  children?: ReactNode;
};

/** One verb over many tasks: how far it is and the way to stop it, or what it came to. */
export function OperationLine({ operation, children }: OperationLineProps) {
  const { state, verb, done, skipped, total, totalCapped } = operation;
  const running = state === 'running';
  const of = countWords({ count: total, more: totalCapped });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-[13px]">
      <p role={running ? undefined : 'status'} className="min-w-0 flex-1 basis-48 tabular-nums">
        {running ? `${words[verb].doing} ${done + skipped} of ${of}` : `${words[verb].done} ${done} of ${of}`}
        {skipped > 0 ? <span className="text-muted-foreground"> · {skipped} left as they were</span> : null}
        {state === 'cancelled' ? <span className="text-muted-foreground"> · stopped</span> : null}
      </p>
      {running ? <Running operation={operation} /> : children}
    </li>
  );
}

function Running({ operation: { id, total, done, skipped } }: { operation: BulkOperation }) {
  const mayAct = useMayAct();
  const seen = done + skipped;
  return (
    <>
      <ProgressBar
        progress={{ fraction: seen / Math.max(1, total), done: seen, total }}
        state="running"
        className="w-40"
      />
      {mayAct ? <Stop id={id} /> : null}
    </>
  );
}

function Stop({ id }: { id: string }) {
  const queryClient = useQueryClient();
  const stop = useMutation({
    mutationFn: () => stopOperation(id),
    onError: (error) => toastRefusal('It was not stopped.', error),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.operation(id) }),
        queryClient.invalidateQueries({ queryKey: keys.deadLetters() }),
      ]),
  });
  return (
    <Button size="sm" disabled={stop.isPending} onClick={() => stop.mutate()}>
      <Square /> Stop
    </Button>
  );
}
