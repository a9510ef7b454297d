import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { newTestClient } from '../testing/render.tsx';
import type { TopicListener } from './connection.ts';
import { useRefetchOn } from './use-refetch-on.ts';

const listeners = new Map<string, TopicListener>();
jest.mock('./use-topic.ts', () => ({
  useTopic: (name: string, listener: TopicListener) => listeners.set(name, listener),
}));

function setUp() {
  const queryClient = newTestClient();
  const invalidated = jest.spyOn(queryClient, 'invalidateQueries');
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const hook = renderHook(() => useRefetchOn('queues', ['queues'], 1_000), { wrapper });
  const say = () => act(async () => listeners.get('queues')?.onMessage('changed', { refetch: true }));
  return { hook, say, invalidated };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('asks anew when the topic says something, and when it is joined again', async () => {
  const { say, invalidated } = setUp();
  await say();
  expect(invalidated).toHaveBeenLastCalledWith(expect.objectContaining({ queryKey: ['queues'] }), expect.anything());
  await act(async () => jest.advanceTimersByTime(1_000));
  await act(async () => listeners.get('queues')?.onJoined());
  expect(invalidated).toHaveBeenCalledTimes(2);
});

it('asks once in its time, and once more for what was said meanwhile', async () => {
  const { say, invalidated } = setUp();
  for (let times = 0; times < 100; times += 1) await say();
  expect(invalidated).toHaveBeenCalledTimes(1);
  await act(async () => jest.advanceTimersByTime(5_000));
  expect(invalidated).toHaveBeenCalledTimes(2);
});

it('asks nothing while nobody looks', async () => {
  const { say, invalidated } = setUp();
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await say();
  expect(invalidated).not.toHaveBeenCalled();
});

it('asks nothing once the page is left', async () => {
  const { hook, say, invalidated } = setUp();
  await say();
  await say();
  hook.unmount();
  await act(async () => jest.advanceTimersByTime(5_000));
  expect(invalidated).toHaveBeenCalledTimes(1);
});
