import { CirclePause, Layers } from 'lucide-react';
import Link from 'next/link';
import type { QueueInfo } from '#lib/queues/types';
import { filterHref } from '../tasks/filter.ts';
import { formatDuration } from '../time/format.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** What stands in each queue and how long it waits. */
export function QueuesCard({ queues }: { queues: QueueInfo[] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          <Link href="/queues" className="hover:underline">
            Queues
          </Link>
        </CardTitle>
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
            </tr>
          </thead>
          <tbody className="divide-y tabular-nums">
            {queues.map((queue) => (
              <tr key={queue.name} className="[&>td]:px-2 [&>td]:py-2 [&>td]:text-right [&>td:last-child]:pr-4">
                <th scope="row" className="max-w-0 py-2 pr-2 pl-4 text-left font-medium">
                  <span className="flex items-center gap-2">
                    <Link
                      href={filterHref({ queue: queue.name })}
                      prefetch={false}
                      className="truncate hover:underline"
                    >
                      {queue.name}
                    </Link>
                    {queue.paused ? (
                      <span className="inline-flex items-center gap-1 text-xs font-normal text-warn">
                        <CirclePause aria-hidden className="size-3.5" /> paused
                      </span>
                    ) : null}
                  </span>
                </th>
                <td>{queue.waiting}</td>
                <td>
                  {queue.running}
                  <span className="text-muted-foreground">/{queue.concurrency}</span>
                </td>
                <td className="text-muted-foreground">
                  {queue.oldestWaitingSeconds > 0 ? formatDuration(queue.oldestWaitingSeconds * 1_000) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
