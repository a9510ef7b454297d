import { linePath, roundUp, roundUpDuration } from './scale.ts';

it.each([
  [0, 1],
  [0.4, 1],
  [3, 5],
  [5, 5],
  [11, 20],
  [99, 100],
  [2_001, 5_000],
])('rounds %d up to %d', (value, round) => {
  expect(roundUp(value)).toBe(round);
});

it.each([
  [40, 50],
  [900, 1_000],
  [1_001, 2_000],
  [61_000, 120_000],
  [3_700_000, 7_200_000],
])('rounds %d ms up to %d', (ms, round) => {
  expect(roundUpDuration(ms)).toBe(round);
});

it('draws a line through the middle of its steps, the greatest value at the top', () => {
  expect(linePath([0, 5, 10], 10)).toBe('M0.5 100L1.5 50L2.5 0');
});

it('interrupts a line where there is no value', () => {
  expect(linePath([10, 10, null, 10, 10], 10)).toBe('M0.5 0L1.5 0M3.5 0L4.5 0');
});

it('draws a value that stands alone as a dash', () => {
  expect(linePath([null, 10, null], 10)).toBe('M1.1 0h0.8');
});

it('never leaves the plot', () => {
  expect(linePath([20], 10)).toBe('M0.1 0h0.8');
});
