'use client';

import { TriangleAlert } from 'lucide-react';
import type { WorkerInfo } from '#lib/workers/types';
import { formatBytes } from '../forms/format-bytes.ts';
import { useMay } from '../shell/member.tsx';
import { formatDuration } from '../time/format.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Figure } from '../ui/figure.tsx';
import { HealthDot, healthLabel } from './health.tsx';
import { busySlots } from './slots-busy.tsx';
import { WorkerActions } from './worker-actions.tsx';

/** One worker process as it reports itself. `last`: no other one takes tasks. */
export function WorkerRow({ worker, last }: { worker: WorkerInfo; last: boolean }) {
  const mayConfigure = useMay('admin');
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="flex min-w-0 flex-1 flex-col gap-x-6 gap-y-3 xl:flex-row xl:items-center">
        <Identity worker={worker} />
        <dl className="grid flex-1 grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-5">
          <Figure name="Running">
            {busySlots(worker)} of {worker.slots} slots
          </Figure>
          <Figure name="Memory">{worker.memoryBytes === null ? '–' : formatBytes(worker.memoryBytes)}</Figure>
          <Figure name="Event-loop lag">
            {worker.eventLoopLagMs === null ? '–' : formatDuration(worker.eventLoopLagMs)}
          </Figure>
          <Figure name="Started">
            <RelativeTime at={worker.startedAt} />
          </Figure>
          <Figure name="Last seen">
            <RelativeTime at={worker.beatAt} />
          </Figure>
        </dl>
      </div>
      {mayConfigure && worker.alive ? <WorkerActions worker={worker} last={last} /> : null}
    </li>
  );
}

function Identity({ worker }: { worker: WorkerInfo }) {
  return (
    <div className="flex min-w-0 gap-3 text-[13px] xl:w-72">
      <HealthDot worker={worker} className="mt-1.5" />
      <div className="min-w-0">
        <p className="truncate font-medium">
          {worker.host} <span className="font-mono text-xs font-normal text-muted-foreground">{worker.pid}</span>
        </p>
        <p className="text-xs text-muted-foreground">
          {healthLabel(worker)} · version {worker.version}
          {worker.queues.length > 0 ? ` · ${worker.queues.join(', ')}` : ''}
        </p>
        {worker.leaked > 0 ? (
          <p className="mt-0.5 flex items-center gap-1 text-xs text-warn">
            <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
            {worker.leaked === 1 ? '1 slot is' : `${worker.leaked} slots are`} held by code that did not stop
          </p>
        ) : null}
      </div>
    </div>
  );
}
