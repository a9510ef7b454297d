import { fleetRegistry, processRegistry } from '#lib/observability/index';

export type CatalogueEntry = { type: 'counter' | 'gauge' | 'histogram' | 'summary'; labels: string[] };

/** The type and labels of every metric the application registers, by the name under which Prometheus stores it. */
export async function appCatalogue(): Promise<Map<string, CatalogueEntry>> {
  const entries = new Map<string, CatalogueEntry>();
  for (const registry of [processRegistry, fleetRegistry]) {
    for (const { name, type } of await registry.getMetricsAsJSON()) {
      // prom-client types its metric types as a numeric enum and returns strings.
      const kind = String(type) as CatalogueEntry['type'];
      const labels = labelNames(registry.getSingleMetric(name));
      if (kind !== 'histogram') entries.set(name, { type: kind, labels });
      else for (const series of expand(name, labels)) entries.set(...series);
    }
  }
  return entries;
}

/** A histogram is stored as three families of counters. */
function expand(name: string, labels: string[]): [string, CatalogueEntry][] {
  return [
    [`${name}_bucket`, { type: 'counter', labels: [...labels, 'le'] }],
    [`${name}_sum`, { type: 'counter', labels }],
    [`${name}_count`, { type: 'counter', labels }],
  ];
}

/** prom-client keeps the names on the metric and leaves them out of its types. */
function labelNames(metric: object | undefined): string[] {
  return metric && 'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : [];
}
