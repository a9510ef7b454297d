import { percentiles, sumHistograms } from './histogram.ts';

/** As SQL's duration_bucket. */
const bucketOf = (ms: number): number => (ms < 1 ? 0 : Math.min(120, Math.floor(4 * Math.log2(ms)) + 1));

function histogramOf(times: number[]): number[] {
  const histogram: number[] = [];
  for (const ms of times) histogram[bucketOf(ms)] = (histogram[bucketOf(ms)] ?? 0) + 1;
  return Array.from(histogram, (n) => n ?? 0);
}

it('has no percentiles of nothing', () => {
  expect(percentiles([])).toBeNull();
  expect(percentiles([0, 0, 0])).toBeNull();
});

it('adds histograms of different lengths', () => {
  expect(sumHistograms([[1, 2], [], [0, 1, 5]])).toEqual([1, 3, 5]);
});

it.each([0.5, 1, 7, 120, 3_300, 86_400_000])('is at most 9 %% off when all tasks took the same %d ms', (ms) => {
  const { p50 } = percentiles(histogramOf(Array.from({ length: 100 }, () => ms))) ?? { p50: 0 };
  expect(Math.abs(p50 / ms - 1)).toBeLessThan(0.0906);
});

it('finds each percentile where times spread', () => {
  const found = percentiles(histogramOf(Array.from({ length: 10_000 }, (_, n) => n)));
  for (const [name, ms] of [
    ['p50', 5_000],
    ['p95', 9_500],
    ['p99', 9_900],
  ] as const)
    expect(Math.abs((found?.[name] ?? 0) / ms - 1)).toBeLessThan(0.0906);
});
