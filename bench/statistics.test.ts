import { median, percentile } from './statistics.ts';

describe('median', () => {
  it('is the middle value, whatever the order', () => expect(median([5, 1, 3])).toBe(3));
  it('is the mean of the two in the middle', () => expect(median([4, 1, 3, 2])).toBe(2.5));
  it('of nothing is no number', () => expect(median([])).toBeNaN());
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  it('is the smallest value that so many do not exceed', () => {
    expect(percentile(hundred, 0.95)).toBe(95);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([7], 0.5)).toBe(7);
  });
  it('of nothing is no number', () => expect(percentile([], 0.5)).toBeNaN());
});
