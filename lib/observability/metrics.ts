import { Registry } from 'prom-client';
import { closeCounter, closeHistogram } from './definition-label.ts';
import { createFleetMetrics } from './fleet-metrics.ts';
import { createProcessMetrics } from './process-metrics.ts';
import { collectRuntimeMetrics } from './runtime-metrics.ts';
import { shared } from './shared.ts';
import { version } from './version.ts';

function create() {
  const processRegistry = new Registry();
  const fleetRegistry = new Registry();
  const metrics = { ...createProcessMetrics(processRegistry), ...createFleetMetrics(fleetRegistry) };
  closeCounter(metrics.tasksEnqueuedTotal);
  closeCounter(metrics.attemptsStartedTotal);
  closeCounter(metrics.attemptsFinishedTotal);
  closeCounter(metrics.tasksFinishedTotal);
  closeCounter(metrics.retriesScheduledTotal);
  closeHistogram(metrics.attemptDurationSeconds);
  metrics.buildInfo.set({ version, node: process.version }, 1);
  collectRuntimeMetrics(processRegistry);
  return { processRegistry, fleetRegistry, metrics };
}

const instance = shared('metrics', create);

/** Every metric of Taskdeck; `taskdeck_tasks_enqueued_total` is `metrics.tasksEnqueuedTotal`. */
export const metrics = instance.metrics;

/** What this process reports about itself. */
export const processRegistry = instance.processRegistry;

/** What the web's collector reports about the whole system; no other process exposes it. */
export const fleetRegistry = instance.fleetRegistry;

/** The text for Prometheus: `process` for a worker, `all` (with the fleet metrics) for the web. */
export async function metricsText(registry: 'process' | 'all'): Promise<{ contentType: string; body: string }> {
  const source = registry === 'all' ? Registry.merge([processRegistry, fleetRegistry]) : processRegistry;
  return { contentType: source.contentType, body: await source.metrics() };
}
