import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

/** Bucket edges in seconds or rows; a threshold used in an alert must be one of these. */
export const BUCKETS = {
  wait: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 1800, 3600],
  run: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600],
  io: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  size: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
  attempts: [1, 2, 3, 5, 8, 13],
};

type Aggregator = 'sum' | 'min' | 'max' | 'average' | 'first';

/** Makers of metrics that register themselves in `registry` and nowhere else. */
export function buildersFor(registry: Registry) {
  const registers = [registry];
  return {
    counter: <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Counter<L>({ name, help, labelNames, registers }),
    /** `aggregator`: what the processes of a pool report together. */
    gauge: <L extends string = never>(
      name: string,
      help: string,
      labelNames: readonly L[] = [],
      aggregator: Aggregator = 'sum',
    ) => new Gauge<L>({ name, help, labelNames, registers, aggregator }),
    histogram: <L extends string = never>(
      name: string,
      help: string,
      buckets: keyof typeof BUCKETS,
      labelNames: readonly L[] = [],
    ) => new Histogram<L>({ name, help, labelNames, buckets: BUCKETS[buckets], registers }),
    /** A gauge without labels that has no value until it is first set: 0 would claim something nobody measured. */
    unmeasured: (name: string, help: string, aggregator: Aggregator = 'sum') => {
      const gauge = new Gauge({ name, help, registers, aggregator });
      gauge.remove();
      return gauge;
    },
  };
}
