import { KeyedRateLimiter, RateLimiter } from './limits.ts';

test('a limiter lets its number through each second', () => {
  const limiter = new RateLimiter(2);
  expect([1000, 1001, 1002].map((now) => limiter.take(1, now))).toEqual([true, true, false]);
  expect(limiter.take(1, 2001)).toBe(true);
});

test('a limiter counts several events at once', () => {
  const limiter = new RateLimiter(10);
  expect(limiter.take(11, 1000)).toBe(false);
  expect(limiter.take(10, 2000)).toBe(true);
});

test('keys do not share a limit', () => {
  const limiter = new KeyedRateLimiter(1);
  expect(limiter.take('a', 1, 1000)).toBe(true);
  expect(limiter.take('b', 1, 1000)).toBe(true);
  expect(limiter.take('a', 1, 1000)).toBe(false);
});

test('a window may be longer than a second', () => {
  const limiter = new KeyedRateLimiter(1, 60_000);
  expect([1000, 2000, 61_000].map((now) => limiter.take('a', 1, now))).toEqual([true, false, true]);
});
