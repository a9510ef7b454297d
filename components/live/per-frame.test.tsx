import { perFrame } from './per-frame.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('hands over everything of a frame at once', () => {
  const work = jest.fn();
  const queue = perFrame<number>(work);
  queue.add([1, 2]);
  queue.add([3]);
  expect(work).not.toHaveBeenCalled();
  jest.advanceTimersByTime(20);
  expect(work.mock.calls).toEqual([[[1, 2, 3]]]);
});

it('begins anew after a frame', () => {
  const work = jest.fn();
  const queue = perFrame<number>(work);
  queue.add([1]);
  jest.advanceTimersByTime(20);
  queue.add([2]);
  jest.advanceTimersByTime(1_000);
  expect(work.mock.calls).toEqual([[[1]], [[2]]]);
});

it('does not wait for a frame that never comes: a page in the background', () => {
  jest.spyOn(globalThis, 'requestAnimationFrame').mockReturnValue(1);
  const work = jest.fn();
  perFrame<number>(work).add([1]);
  jest.advanceTimersByTime(1_000);
  expect(work.mock.calls).toEqual([[[1]]]);
});

it('forgets what waits when it is cancelled', () => {
  const work = jest.fn();
  const queue = perFrame<number>(work);
  queue.add([1]);
  queue.cancel();
  jest.advanceTimersByTime(1_000);
  expect(work).not.toHaveBeenCalled();
});
