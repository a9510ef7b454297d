'use client';

import { CirclePause, DoorClosed, ListOrdered, type LucideIcon, PanelsTopLeft, Pause, Play } from 'lucide-react';
import Link from 'next/link';
import type { QueueInfo } from '#lib/queues/types';
import type { QueueRate } from '#lib/stats/types';
import { useMay } from '../shell/member.tsx';
import { formatRate } from '../overview/numbers.ts';
import { filterHref } from '../tasks/filter.ts';
import { formatDuration } from '../time/format.ts';
import { Button } from '../ui/button.tsx';
import { Figure } from '../ui/figure.tsx';
import { EditQueue } from './edit-queue.tsx';
import { useControlQueue } from './use-control-queue.ts';

const grouped = new Intl.NumberFormat('en');

/** One queue: what stands in it, how it is set, and what may be done with it. */
export function QueueRow({ queue, rate }: { queue: QueueInfo; rate: QueueRate | undefined }) {
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
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4 xl:grid-cols-7">
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
        <Figure name="Submitted">{formatRate(rate?.submittedPerMinute ?? 0)} per minute</Figure>
        <Figure name="Ended">{formatRate(rate?.endedPerMinute ?? 0)} per minute</Figure>
        <Figure name="Concurrency">
          {queue.serial ? 'one in all' : `${grouped.format(queue.concurrency)} per worker`}
        </Figure>
        <Figure name="Rate limit">
          {queue.rateLimit
            ? `${grouped.format(queue.rateLimit.max)} starts per ${formatDuration(queue.rateLimit.perMs)}`
            : 'none'}
        </Figure>
      </dl>
    </li>
  );
}

function QueueActions({ queue }: { queue: QueueInfo }) {
  const mayAct = useMay('operator');
  const mayConfigure = useMay('admin');
  const control = useControlQueue();
  if (!mayAct) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {queue.paused ? null : (
        <Button disabled={control.isPending} onClick={() => control.mutate({ queue, verb: 'pause' })}>
          <Pause /> Pause <span className="sr-only">{queue.name}</span>
        </Button>
      )}
      {queue.paused || queue.draining ? (
        <Button disabled={control.isPending} onClick={() => control.mutate({ queue, verb: 'resume' })}>
          <Play /> Resume <span className="sr-only">{queue.name}</span>
        </Button>
      ) : null}
      {mayConfigure ? (
        <>
          <EditQueue queue={queue} />
          <Button asChild variant="ghost">
            <Link href={`/queues/board?at=${encodeURIComponent(`/queue/${queue.name}`)}`} prefetch={false}>
              <PanelsTopLeft /> Bull Board <span className="sr-only">of {queue.name}</span>
            </Link>
          </Button>
        </>
      ) : null}
    </div>
  );
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
