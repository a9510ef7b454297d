import { performance } from 'node:perf_hooks';
import { Gauge, collectDefaultMetrics } from 'prom-client';
import type { Registry } from 'prom-client';

/** nodejs_*, process_* and the event loop's utilisation since the last scrape. Call once per registry. */
export function collectRuntimeMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  let last = performance.eventLoopUtilization();
  new Gauge({
    name: 'nodejs_eventloop_utilization_ratio',
    help: 'Share of the time since the last scrape that the event loop was busy (0 to 1).',
    registers: [registry],
    aggregator: 'average',
    collect() {
      const now = performance.eventLoopUtilization();
      this.set(performance.eventLoopUtilization(now, last).utilization);
      last = now;
    },
  });
}
