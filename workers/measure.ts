import { LABELS, metrics } from '#lib/observability/index';
import type { Runner } from './runner/runner.ts';

/** Sets the gauges of this process. `state`: one of LABELS.workerState. */
export function measureWorker(runner: Runner, state: string): void {
  for (const known of LABELS.workerState) metrics.workerState.set({ state: known }, known === state ? 1 : 0);
  const running = runner.running();
  for (const [queue, slots] of Object.entries(runner.takers.slots())) {
    const own = running.filter((task) => task.queue === queue);
    const oldest = Math.min(Date.now(), ...own.map(({ startedAt }) => startedAt.getTime()));
    metrics.workerSlots.set({ queue }, slots);
    metrics.workerSlotsBusy.set({ queue }, own.length);
    metrics.workerLongestRunningSeconds.set({ queue }, (Date.now() - oldest) / 1_000);
  }
}
