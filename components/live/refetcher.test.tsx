import { QueryObserver } from '@tanstack/react-query';
import { newTestClient } from '../testing/render.tsx';
import { createRefetcher } from './refetcher.ts';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A list on the page, from a server that takes that long. */
function openList(answerMs: number) {
  const queryClient = newTestClient();
  const asked = jest.fn();
  const answered = jest.fn();
  const stop = new QueryObserver(queryClient, {
    queryKey: ['tasks'],
    queryFn: async () => {
      asked();
      await new Promise((resolve) => setTimeout(resolve, answerMs));
      return answered() ?? asked.mock.calls.length;
    },
  }).subscribe(() => undefined);
  return { refetch: createRefetcher(queryClient, { queryKey: ['tasks'] }, 1_000), asked, answered, stop, queryClient };
}

it('lets a slow server answer, however much changes meanwhile', async () => {
  const { refetch, asked, answered, stop } = openList(5_000);
  const changes = setInterval(refetch, 100);
  await jest.advanceTimersByTimeAsync(31_000);
  clearInterval(changes);
  expect(answered.mock.calls.length).toBeGreaterThanOrEqual(3);
  expect(asked.mock.calls.length - answered.mock.calls.length).toBeLessThanOrEqual(1);
  stop();
});

it('fetches once more after a fetch that had begun before the change', async () => {
  const { refetch, asked, stop, queryClient } = openList(500);
  await jest.advanceTimersByTimeAsync(100);
  refetch();
  await jest.advanceTimersByTimeAsync(5_000);
  expect(asked).toHaveBeenCalledTimes(2);
  expect(queryClient.getQueryData(['tasks'])).toBe(2);
  stop();
});
