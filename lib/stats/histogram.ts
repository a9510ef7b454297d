import type { Percentiles } from './types.ts';

/** Tasks in each bucket; the first is index 0. SQL's `duration_bucket` decides which. */
type Histogram = readonly number[];

const bucketsPerDoubling = 4;

/** What stands for a bucket, in milliseconds: the middle of its ends as a ratio, so that it is at most 9 % off either. */
const middleOf = (index: number): number => (index === 0 ? 0.5 : 2 ** ((index - 0.5) / bucketsPerDoubling));

/** The sum of histograms of any length. */
export function sumHistograms(histograms: Iterable<Histogram>): number[] {
  const sum: number[] = [];
  for (const histogram of histograms) for (const [index, n] of histogram.entries()) sum[index] = (sum[index] ?? 0) + n;
  return sum;
}

/** The time in milliseconds that `share` (0 to 1) of the tasks did not exceed; null for an empty histogram. */
function percentile(histogram: Histogram, share: number): number | null {
  const rank = share * histogram.reduce((sum, n) => sum + n, 0);
  let reached = 0;
  const index = histogram.findIndex((n) => n > 0 && (reached += n) >= rank);
  return index === -1 ? null : middleOf(index);
}

/** The usual percentiles; null for an empty histogram. */
export function percentiles(histogram: Histogram): Percentiles | null {
  const [p50, p95, p99] = [percentile(histogram, 0.5), percentile(histogram, 0.95), percentile(histogram, 0.99)];
  return p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 };
}
