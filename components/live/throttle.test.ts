import { throttle } from './throttle.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('runs the first call at once', () => {
  const work = jest.fn();
  throttle(work, 1_000)();
  expect(work).toHaveBeenCalledTimes(1);
});

it('runs a burst once more, at its end', () => {
  const work = jest.fn();
  const call = throttle(work, 1_000);
  for (let index = 0; index < 50; index += 1) call();
  jest.advanceTimersByTime(10_000);
  expect(work).toHaveBeenCalledTimes(2);
});

it('runs nothing more once cancelled', () => {
  const work = jest.fn();
  const call = throttle(work, 1_000);
  call();
  call();
  call.cancel();
  jest.advanceTimersByTime(10_000);
  expect(work).toHaveBeenCalledTimes(1);
});

it('never runs again before the last run has ended, and rests as long as that took', async () => {
  const starts: number[] = [];
  const call = throttle(async () => {
    starts.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 3_000));
  }, 1_000);
  const begin = performance.now();
  call();
  const asking = setInterval(call, 100);
  await jest.advanceTimersByTimeAsync(12_500);
  clearInterval(asking);
  expect(starts.map((start) => start - begin)).toEqual([0, 6_000, 12_000]);
});
