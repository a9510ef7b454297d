import { axisTicks } from './axis.ts';

it.each([
  [0, [0]],
  [4, [0, 1, 2, 3, 4]],
  [3_200, [0, 1_000, 2_000, 3_000]],
  [65_000, [0, 15_000, 30_000, 45_000, 60_000]],
  [3 * 86_400_000, [0, 86_400_000, 172_800_000, 259_200_000]],
])('%d ms have round times', (span, ticks) => {
  expect(axisTicks(span)).toEqual(ticks);
});

it.each([1, 999, 12_345, 9_999_999, 1e12, 1e14])('%d ms have not too many of them, all within', (span) => {
  const ticks = axisTicks(span);
  expect(ticks.length).toBeLessThanOrEqual(5);
  expect(ticks.at(-1)).toBeLessThanOrEqual(span);
});
