import { Server } from 'lucide-react';
import Link from 'next/link';
import { HealthDot, healthLabel } from '#components/workers/health';
import { busySlots, SlotsBusy } from '#components/workers/slots-busy';
import type { WorkerInfo } from '#lib/workers/types';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Who works, and how busy each is. */
export function WorkersCard({ workers }: { workers: WorkerInfo[] }) {
  // One that stopped in order is no news; one that fell silent is.
  const present = workers.filter((worker) => worker.state !== 'stopped');
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          <Link href="/workers" className="hover:underline">
            Workers
          </Link>
        </CardTitle>
        <SlotsBusy workers={workers} />
      </CardHeader>
      {present.length === 0 ? (
        <EmptyState icon={Server} title="No worker is running">
          Tasks are accepted and kept; they start as soon as a worker does.
        </EmptyState>
      ) : (
        <ul className="divide-y">
          {present.map((worker) => (
            <WorkerRow key={worker.id} worker={worker} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function WorkerRow({ worker }: { worker: WorkerInfo }) {
  const busy = busySlots(worker);
  const share = worker.slots > 0 ? busy / worker.slots : 0;
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 text-[13px]">
      <HealthDot worker={worker} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          {worker.host} <span className="font-mono text-xs font-normal text-muted-foreground">{worker.pid}</span>
        </p>
        <p className="truncate text-xs text-muted-foreground">
          {healthLabel(worker)} · {worker.alive ? 'started ' : 'last seen '}
          <RelativeTime at={worker.alive ? worker.startedAt : worker.beatAt} /> · {worker.queues.join(', ')}
        </p>
      </div>
      <div className="w-24 shrink-0">
        <p className="mb-1 text-right text-xs text-muted-foreground tabular-nums">
          {busy}/{worker.slots}
        </p>
        <div aria-hidden className="h-1 overflow-hidden rounded-full bg-muted">
          <div className="h-full rounded-full bg-info transition-[width]" style={{ width: `${share * 100}%` }} />
        </div>
      </div>
    </li>
  );
}
