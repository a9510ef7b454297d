import { CirclePause, DoorClosed, Layers } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { QueueState } from '#lib/stats/types';
import { filterHref } from '../tasks/filter.ts';
import { formatDuration } from '../time/format.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatCount, formatRate } from './numbers.ts';

/** What stands in each queue, how long it waits, and whether it goes out as fast as it comes in. */
export function QueuesCard({ queues }: { queues: QueueState[] }) {
  return (
    <Card className="min-w-0">
      <CardHeader>
        <CardTitle>
          <Link href="/queues" className="hover:underline">
            Queues
          </Link>
        </CardTitle>
        <span className="text-xs text-muted-foreground">rates: last 5 minutes</span>
      </CardHeader>
      {queues.length === 0 ? (
        <EmptyState icon={Layers} title="No queues yet">
          A worker registers its queues when it starts.
        </EmptyState>
      ) : (
        <table className="w-full text-[13px]">
          <thead className="text-xs text-muted-foreground">
            <tr className="[&>th]:px-2 [&>th:first-child]:pl-4 [&>th:last-child]:pr-4 [&>th]:pt-2 [&>th]:pb-1 [&>th]:text-right [&>th]:font-normal [&>th:first-child]:text-left">
              <th scope="col">Queue</th>
              <th scope="col">Waiting</th>
              <th scope="col">Running</th>
              <th scope="col">Longest wait</th>
              <th scope="col" className="hidden sm:table-cell">
                In / min
              </th>
              <th scope="col">Out / min</th>
            </tr>
          </thead>
          <tbody className="divide-y tabular-nums">
            {queues.map((state) => (
              <QueueRow key={state.queue} state={state} />
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function QueueRow({ state }: { state: QueueState }) {
  const { queue, paused, draining, waiting, running, oldestWaitingSeconds } = state;
  return (
    <tr className="[&>td]:px-2 [&>td]:py-2 [&>td]:text-right [&>td:last-child]:pr-4">
      <th scope="row" className="max-w-0 py-2 pr-2 pl-4 text-left font-medium">
        <span className="flex flex-wrap items-center gap-x-2">
          <Link href={filterHref({ queue })} prefetch={false} className="truncate hover:underline">
            {queue}
          </Link>
          {paused ? (
            <Mark>
              <CirclePause aria-hidden className="size-3.5" /> paused
            </Mark>
          ) : null}
          {draining ? (
            <Mark>
              <DoorClosed aria-hidden className="size-3.5" /> takes no new tasks
            </Mark>
          ) : null}
        </span>
      </th>
      <td>
        <Link href={filterHref({ queue, state: 'pending' })} prefetch={false} className="hover:underline">
          {formatCount(waiting)}
        </Link>
      </td>
      <td>
        <Link href={filterHref({ queue, state: 'running' })} prefetch={false} className="hover:underline">
          {formatCount(running)}
        </Link>
      </td>
      <td className="text-muted-foreground">
        {oldestWaitingSeconds === null ? '–' : formatDuration(Math.floor(oldestWaitingSeconds) * 1_000)}
      </td>
      <td className="hidden text-muted-foreground sm:table-cell">{formatRate(state.submittedPerMinute)}</td>
      <td className="text-muted-foreground">{formatRate(state.endedPerMinute)}</td>
    </tr>
  );
}

function Mark({ children }: { children: ReactNode }) {
  return <span className="inline-flex items-center gap-1 text-xs font-normal text-warn">{children}</span>;
}
