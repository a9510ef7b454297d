import type { WorkerInfo } from '#lib/workers/types';
import { cn } from '../ui/cn.ts';

type Health = { label: string; colour: string };

/** How a worker is, in a word or two. */
export const healthLabel = (worker: WorkerInfo): string => healthOf(worker).label;

/** The same as a dot; the word stands beside it. */
export function HealthDot({ worker, className }: { worker: WorkerInfo; className?: string }) {
  return <span aria-hidden className={cn('size-2 shrink-0 rounded-full', healthOf(worker).colour, className)} />;
}

function healthOf(worker: WorkerInfo): Health {
  if (worker.state === 'stopped') return { label: 'Stopped', colour: 'bg-muted-foreground/50' };
  if (!worker.alive) return { label: 'Not responding', colour: 'bg-destructive' };
  if (worker.state === 'draining') return { label: 'Finishing up', colour: 'bg-warn' };
  if (worker.state === 'paused') return { label: 'Paused', colour: 'bg-warn' };
  if (!worker.healthy) return { label: 'Takes no tasks', colour: 'bg-destructive' };
  return { label: 'Running', colour: 'bg-ok' };
}
