'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CirclePause, DoorClosed, ExternalLink, ListOrdered, type LucideIcon, Pause, Play } from 'lucide-react';
import Link from 'next/link';
import type { QueueInfo } from '#lib/queues/types';
import { keys } from '../api/keys.ts';
import { toastRefusal } from '../api/toast-refusal.ts';
import { useMay } from '../shell/member.tsx';
import { filterHref } from '../tasks/filter.ts';
import { formatDuration } from '../time/format.ts';
import { Button } from '../ui/button.tsx';
import { Figure } from '../ui/figure.tsx';
import { controlQueue } from './calls.ts';
import { EditQueue } from './edit-queue.tsx';

const grouped = new Intl.NumberFormat('en');

/** One queue: what stands in it, how it is set, and what may be done with it. */
export function QueueRow({ queue }: { queue: QueueInfo }) {
  return (
    <li className="flex flex-col gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="flex min-w-0 flex-1 basis-48 flex-wrap items-baseline gap-x-3 text-xs">
          <Link
            href={filterHref({ queue: queue.name })}
            prefetch={false}
            className="truncate text-[13px] font-medium hover:underline"
          >
            {queue.name}
          </Link>
          {queue.paused ? <Mark icon={CirclePause}>paused</Mark> : null}
          {queue.draining ? <Mark icon={DoorClosed}>takes no new tasks</Mark> : null}
          {queue.serial ? <Mark icon={ListOrdered}>one at a time</Mark> : null}
        </p>
        <QueueActions queue={queue} />
      </div>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
        <Figure name="Waiting">
          {grouped.format(queue.waiting)}
          {queue.waitingLimit === null ? null : <Of>{grouped.format(queue.waitingLimit)}</Of>}
        </Figure>
        <Figure name="Running">
          {grouped.format(queue.running)}
          {queue.globalConcurrency === null ? null : <Of>{grouped.format(queue.globalConcurrency)}</Of>}
        </Figure>
        <Figure name="Longest wait">
          {queue.oldestWaitingSeconds > 0 ? formatDuration(queue.oldestWaitingSeconds * 1_000) : '–'}
        </Figure>
        <Figure name="In each worker">
          {queue.serial ? 'one in all' : `${grouped.format(queue.concurrency)} at once`}
        </Figure>
        <Figure name="Starts">
          {queue.rateLimit
            ? `${grouped.format(queue.rateLimit.max)} in ${formatDuration(queue.rateLimit.perMs)}`
            : 'no limit'}
        </Figure>
      </dl>
    </li>
  );
}

function QueueActions({ queue }: { queue: QueueInfo }) {
  const mayAct = useMay('operator');
  const mayConfigure = useMay('admin');
  const control = useControl(queue.name);
  if (!mayAct) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {queue.paused ? null : (
        <Button disabled={control.isPending} onClick={() => control.mutate('pause')}>
          <Pause /> Pause <span className="sr-only">{queue.name}</span>
        </Button>
      )}
      {queue.paused || queue.draining ? (
        <Button disabled={control.isPending} onClick={() => control.mutate('resume')}>
          <Play /> Resume <span className="sr-only">{queue.name}</span>
        </Button>
      ) : null}
      {mayConfigure ? (
        <>
          <EditQueue queue={queue} />
          <Button asChild variant="ghost">
            <a href={`/board/queue/${encodeURIComponent(queue.name)}`}>
              <ExternalLink /> Bull Board <span className="sr-only">of {queue.name}</span>
            </a>
          </Button>
        </>
      ) : null}
    </div>
  );
}

function useControl(name: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (verb: 'pause' | 'resume') => controlQueue(name, verb),
    onError: (error, verb) => toastRefusal(`The queue was not ${verb}d.`, error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.queues() }),
  });
}

function Mark({ icon: Icon, children }: { icon: LucideIcon; children: string }) {
  return (
    <span className="inline-flex items-center gap-1 self-center text-warn">
      <Icon aria-hidden className="size-3.5" /> {children}
    </span>
  );
}

function Of({ children }: { children: string }) {
  return <span className="text-muted-foreground"> of {children}</span>;
}
