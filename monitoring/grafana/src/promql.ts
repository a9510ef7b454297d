export const QUEUE = 'queue=~"$queue"';
export const DEFINITION = 'definition=~"$definition"';

/** A selector that always honours the dashboard's job and instance. */
export function select(metric: string, ...matchers: string[]): string {
  return `${metric}{${['job=~"$job"', 'instance=~"$instance"', ...matchers].join(', ')}}`;
}

/** Events per second of a counter (or of a histogram's `_count`, `_sum`, `_bucket`). */
export function rate(counter: string, ...matchers: string[]): string {
  return `rate(${select(counter, ...matchers)}[$__rate_interval])`;
}

export function sum(by: string, expression: string): string {
  return by ? `sum by (${by}) (${expression})` : `sum(${expression})`;
}

/** A quantile over all selected instances; `by` keeps labels apart. */
export function quantile(q: number, histogram: string, by: string, ...matchers: string[]): string {
  return `histogram_quantile(${q}, ${sum(by ? `${by}, le` : 'le', rate(`${histogram}_bucket`, ...matchers))})`;
}

/** The mean of a histogram's observations. */
export function mean(histogram: string, by: string, ...matchers: string[]): string {
  return `${sum(by, rate(`${histogram}_sum`, ...matchers))} / ${sum(by, rate(`${histogram}_count`, ...matchers))}`;
}

/** A fleet gauge: every web replica reports the same truth, so replicas are never added up. */
export function fleet(gauge: string, by: string, ...matchers: string[]): string {
  return by ? `max by (${by}) (${select(gauge, ...matchers)})` : `max(${select(gauge, ...matchers)})`;
}
