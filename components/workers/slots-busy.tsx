import type { WorkerInfo } from '#lib/workers/types';

/**
 * Slots that hold a task. A task still counts as running while its end is being recorded, when its slot has gone to the next one
 * already: for a moment more of them run than there are slots.
 */
export const busySlots = ({ running, slots }: WorkerInfo): number => Math.min(running, slots);

/** How busy the workers are that take tasks. */
export function SlotsBusy({ workers }: { workers: WorkerInfo[] }) {
  const taking = workers.filter(takesTasks);
  const slots = taking.reduce((sum, worker) => sum + worker.slots, 0);
  if (slots === 0) return null;
  return (
    <span className="text-xs text-muted-foreground tabular-nums">
      {taking.reduce((sum, worker) => sum + busySlots(worker), 0)} of {slots} slots busy
    </span>
  );
}

export const takesTasks = (worker: WorkerInfo): boolean => worker.alive && worker.state === 'running';
