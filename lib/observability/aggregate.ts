import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';
import { processRegistry } from './metrics.ts';

/** The metrics of a process, as they travel to the one that serves them for several. */
export type MetricsSnapshot = MetricObjectWithValues<MetricValue<string>>[];

/** What this process would serve. */
export const metricsSnapshot = (): Promise<MetricsSnapshot> => processRegistry.getMetricsAsJSON();

/** One text for Prometheus of several processes, each metric put together as its `aggregator` says: sums, where it says nothing. */
export async function aggregateText(snapshots: MetricsSnapshot[]): Promise<{ contentType: string; body: string }> {
  const registry = AggregatorRegistry.aggregate(snapshots);
  return { contentType: registry.contentType, body: await registry.metrics() };
}

/** What a process that has ended leaves behind: what it counted, so that the sum over all does not fall. */
export async function addCounts(sum: MetricsSnapshot, ended: MetricsSnapshot): Promise<MetricsSnapshot> {
  const counts = ended.filter(({ type }) => ['counter', 'histogram', 'summary'].includes(String(type)));
  return AggregatorRegistry.aggregate([sum, counts]).getMetricsAsJSON();
}
