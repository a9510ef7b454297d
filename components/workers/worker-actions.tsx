'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, LogOut, Pause, Play, RefreshCw, SlidersHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import { toast } from 'sonner';
import type { WorkerInfo } from '#lib/workers/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx';
import { controlWorker, type WorkerVerb } from './calls.ts';
import { SlotsDialog } from './slots-dialog.tsx';

/** Done: the worker hears of it within a second, so the page says that it was told. */
const told: Record<WorkerVerb, string> = {
  pause: 'The worker takes no more tasks.',
  resume: 'The worker takes tasks again.',
  drain: 'The worker finishes what it runs, then ends.',
  restart: 'The worker finishes what it runs, then starts anew.',
};

type WorkerActionsProps = {
  worker: WorkerInfo;
  /** No other worker takes tasks. */
  last: boolean;
};

/** What an admin may tell a worker. */
export function WorkerActions({ worker, last }: WorkerActionsProps) {
  const [asking, setAsking] = useState<'drain' | 'restart' | 'slots' | null>(null);
  const menuButton = useRef<HTMLButtonElement>(null);
  const control = useControl(worker.id);
  const name = `${worker.host} ${worker.pid}`;
  const close = () => setAsking(null);
  const confirm = (verb: WorkerVerb) => control.mutate(verb, { onSettled: close });
  const paused = worker.state === 'paused';

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button ref={menuButton} variant="ghost" size="icon" aria-label={`Actions for ${name}`}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => control.mutate(paused ? 'resume' : 'pause')}>
            {paused ? <Play /> : <Pause />} {paused ? 'Resume' : 'Pause'}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setAsking('slots')}>
            <SlidersHorizontal /> Set slots …
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setAsking('restart')}>
            <RefreshCw /> Restart …
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setAsking('drain')}>
            <LogOut /> Drain …
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asking === 'drain'}
        onOpenChange={close}
        title={`End ${name}?`}
        action="Drain"
        pending={control.isPending}
        onConfirm={() => confirm('drain')}
        returnFocus={menuButton}
      >
        It takes no more tasks, finishes {countText(worker.running)}, and then ends for good.
        {last ? ' It is the only worker that takes tasks: nothing starts until there is another.' : ''}
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'restart'}
        onOpenChange={close}
        title={`Restart ${name}?`}
        action="Restart"
        pending={control.isPending}
        onConfirm={() => confirm('restart')}
        returnFocus={menuButton}
      >
        It takes no more tasks, finishes {countText(worker.running)}, and then another one starts in its place.
      </ConfirmDialog>
      {asking === 'slots' ? <SlotsDialog worker={worker} returnFocus={menuButton} onClose={close} /> : null}
    </>
  );
}

function countText(running: number): string {
  if (running === 0) return 'whatever it has just begun';
  return running === 1 ? 'the task it runs' : `the ${running} tasks it runs`;
}

function useControl(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (verb: WorkerVerb) => controlWorker(id, verb),
    onSuccess: (_, verb) => void toast.success(told[verb]),
    onError: (error) => toastRefusal('The worker was not told.', error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.fleet() }),
  });
}
