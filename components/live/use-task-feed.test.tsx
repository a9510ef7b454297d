import { InfiniteQueryObserver, type QueryClient, QueryClientProvider, type QueryKey } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { keys } from '../api/keys.ts';
import type { TaskView } from '../api/types.ts';
import { summary, view } from '../testing/factories.ts';
import { newTestClient } from '../testing/render.tsx';
import type { TopicListener } from './connection.ts';
import type { TaskPages } from './merge.ts';
import { useTaskFeed } from './use-task-feed.ts';

const listeners = new Map<string, TopicListener>();
jest.mock('./use-topic.ts', () => ({
  useTopic: (name: string, listener: TopicListener) => listeners.set(name, listener),
}));

const all = {};

function setUp() {
  const queryClient = newTestClient();
  const invalidated = jest.spyOn(queryClient, 'invalidateQueries');
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const hook = renderHook(() => useTaskFeed(), { wrapper });
  /** Says it on the feed, and lets a frame pass. */
  const broadcast = (payload: unknown) =>
    act(async () => {
      listeners.get('tasks')?.onMessage('changes', payload);
      await jest.advanceTimersByTimeAsync(20);
    });
  const invalidatedKeys = () => invalidated.mock.calls.map(([filters]) => filters?.queryKey);
  return { queryClient, hook, broadcast, invalidatedKeys };
}

/** Has it on the page. @returns how to leave it. */
const show = (client: QueryClient, queryKey: QueryKey) =>
  new InfiniteQueryObserver(client, {
    queryKey,
    queryFn: () => new Promise<never>(() => undefined),
    initialPageParam: null,
    getNextPageParam: () => null,
  }).subscribe(() => undefined);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('brings changed rows into every list', async () => {
  const { queryClient, broadcast } = setUp();
  const failed = { ...all, state: 'failed' as const };
  const task = summary();
  const empty: TaskPages<null> = { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] };
  queryClient.setQueryData(keys.list(all), empty);
  queryClient.setQueryData(keys.list(failed), empty);
  await broadcast({ tasks: [task] });
  expect(queryClient.getQueryData<TaskPages<null>>(keys.list(all))?.pages[0]?.tasks).toEqual([task]);
  expect(queryClient.getQueryData<TaskPages<null>>(keys.list(failed))?.pages[0]?.tasks).toEqual([]);
});

it('shows the new state of an open task at once and fetches the rest', async () => {
  const { queryClient, broadcast, invalidatedKeys } = setUp();
  const task = view({ state: 'running' });
  queryClient.setQueryData(keys.detail(task.id), task);
  await broadcast({ tasks: [summary({ id: task.id, state: 'completed', version: 2 })] });
  expect(queryClient.getQueryData<TaskView>(keys.detail(task.id))).toMatchObject({
    state: 'completed',
    payload: task.payload,
  });
  expect(invalidatedKeys()).toContainEqual(keys.detail(task.id));
});

it('ignores an older version of an open task', async () => {
  const { queryClient, broadcast, invalidatedKeys } = setUp();
  const task = view({ state: 'completed', version: 7 });
  queryClient.setQueryData(keys.detail(task.id), task);
  await broadcast({ tasks: [summary({ id: task.id, state: 'running', version: 6 })] });
  expect(queryClient.getQueryData<TaskView>(keys.detail(task.id))?.state).toBe('completed');
  expect(invalidatedKeys()).not.toContainEqual(keys.detail(task.id));
});

it('refetches everything when too much changed to be sent', async () => {
  const { broadcast, invalidatedKeys } = setUp();
  await broadcast({ tasks: [], untold: ['probe'] });
  expect(invalidatedKeys()).toContainEqual(['tasks']);
});

it('shows what a message tells, and refetches only what the rest of it concerns', async () => {
  const { queryClient, broadcast } = setUp();
  const [own, busy, everything] = [keys.list({ definition: 'own' }), keys.list({ definition: 'busy' }), keys.list(all)];
  const empty: TaskPages<null> = { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] };
  for (const key of [own, busy, everything]) queryClient.setQueryData(key, empty);
  const task = view({ definition: 'own', state: 'running' });
  queryClient.setQueryData(keys.detail(task.id), task);
  const change = summary({ id: task.id, definition: 'own', state: 'completed', version: 2 });
  await broadcast({ tasks: [change], untold: ['busy'] });
  const invalidated = (key: readonly unknown[]) => queryClient.getQueryState(key)?.isInvalidated;
  expect(queryClient.getQueryData<TaskPages<null>>(own)?.pages[0]?.tasks).toEqual([change]);
  expect([own, busy, everything].map(invalidated)).toEqual([false, true, true]);
});

it('leaves an open task alone while only tasks of other definitions change', async () => {
  const { queryClient, broadcast } = setUp();
  const task = view({ definition: 'own', state: 'running' });
  queryClient.setQueryData(keys.detail(task.id), task);
  await broadcast({ tasks: [], untold: ['busy'] });
  expect(queryClient.getQueryState(keys.detail(task.id))?.isInvalidated).toBe(false);
  await act(() => jest.advanceTimersByTimeAsync(2_000));
  await broadcast({ tasks: [], untold: ['own'] });
  expect(queryClient.getQueryState(keys.detail(task.id))?.isInvalidated).toBe(true);
});

it('starts a list anew that live rows have made very long, and forgets one that is no longer shown', async () => {
  const { queryClient, broadcast, invalidatedKeys } = setUp();
  const empty: TaskPages<null> = { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] };
  const left = keys.list({ definition: 'sendMessage' });
  for (const key of [keys.list(all), left]) queryClient.setQueryData(key, empty);
  const stop = show(queryClient, keys.list(all));
  for (let index = 0; index < 3; index += 1) await broadcast({ tasks: Array.from({ length: 80 }, () => summary()) });
  expect(invalidatedKeys()).toContainEqual(['tasks']);
  expect(queryClient.getQueryData(left)).toBeUndefined();
  stop();
});

it('refetches at most once a second, however much changes', async () => {
  const { broadcast, invalidatedKeys } = setUp();
  for (let index = 0; index < 20; index += 1) await broadcast({ tasks: [], untold: ['probe'] });
  await act(() => jest.advanceTimersByTimeAsync(500));
  expect(invalidatedKeys().filter((key) => key?.join() === 'tasks,facets')).toHaveLength(1);
});

it('fetches anew, not at every message, a list whose rows only the server can judge', async () => {
  const { queryClient, broadcast } = setUp();
  const found = keys.list({ q: 'word' });
  const known: TaskPages<null> = { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] };
  queryClient.setQueryData(found, known);
  await broadcast({ tasks: [summary()] });
  expect(queryClient.getQueryData(found)).toBe(known);
  expect(queryClient.getQueryState(found)?.isInvalidated).toBe(true);
});

it('refetches everything when changes were not told at all', async () => {
  const { queryClient, invalidatedKeys } = setUp();
  queryClient.setQueryData(keys.list(all), { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] });
  await act(async () => listeners.get('tasks')?.onMessage('missed', { refetch: true }));
  expect(invalidatedKeys()).toContainEqual(['tasks']);
  expect(invalidatedKeys()).toContainEqual(keys.overview());
  expect(invalidatedKeys()).toContainEqual(keys.queues());
});

it('shows no row that has left the list, when an older message of it comes late', async () => {
  const { queryClient, broadcast } = setUp();
  const pending = keys.list({ state: 'pending' });
  queryClient.setQueryData(pending, { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] });
  const task = summary({ version: 1 });
  await broadcast({ tasks: [{ ...task, state: 'completed', version: 3 }] });
  await broadcast({ tasks: [task] });
  expect(queryClient.getQueryData<TaskPages<null>>(pending)?.pages[0]?.tasks).toEqual([]);
});

it('asks anew when a row is told of a definition of which just now changes were left out', async () => {
  const { queryClient, broadcast } = setUp();
  const pending = keys.list({ definition: 'busy' });
  await broadcast({ tasks: [], untold: ['busy'] });
  await act(() => jest.advanceTimersByTimeAsync(1_500));
  queryClient.setQueryData(pending, { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] });
  await broadcast({ tasks: [summary({ definition: 'busy' })] });
  expect(queryClient.getQueryState(pending)?.isInvalidated).toBe(true);
});

it('fetches anew a list that has lost all rows by which a new one finds its place', async () => {
  const { queryClient, broadcast } = setUp();
  const own = keys.list({ definition: 'own' });
  queryClient.setQueryData(own, { pages: [{ tasks: [], nextCursor: 'more' }], pageParams: [null] });
  const stop = show(queryClient, own);
  const isAskedFor = () => queryClient.getQueryState(own)?.isInvalidated;
  await broadcast({ tasks: [summary({ definition: 'other' })] });
  expect(isAskedFor()).toBe(false);
  await broadcast({ tasks: [summary({ definition: 'own' })] });
  expect(isAskedFor()).toBe(true);
  stop();
});

it('draws once however many messages come in a frame', async () => {
  const { queryClient, broadcast } = setUp();
  queryClient.setQueryData(keys.list(all), { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] });
  const drawn = jest.fn();
  const stop = queryClient.getQueryCache().subscribe((event) => event.type === 'updated' && drawn());
  act(() => listeners.get('tasks')?.onMessage('changes', { tasks: [summary()] }));
  act(() => listeners.get('tasks')?.onMessage('changes', { tasks: [summary()] }));
  expect(drawn).not.toHaveBeenCalled();
  await broadcast({ tasks: [summary()] });
  stop();
  expect(queryClient.getQueryData<TaskPages<null>>(keys.list(all))?.pages[0]?.tasks).toHaveLength(3);
  expect(drawn).toHaveBeenCalledTimes(1);
});

it('asks for nothing, and collects nothing, while nobody looks', async () => {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const { queryClient, broadcast, invalidatedKeys } = setUp();
  const known: TaskPages<null> = { pages: [{ tasks: [], nextCursor: null }], pageParams: [null] };
  queryClient.setQueryData(keys.list(all), known);
  await broadcast({ tasks: [summary()], untold: ['probe'] });
  expect(invalidatedKeys()).toEqual([]);
  expect(queryClient.getQueryData(keys.list(all))).toBe(known);
});

it('is catching up from a join until what was missed is fetched', async () => {
  const { hook } = setUp();
  act(() => listeners.get('tasks')?.onJoined());
  expect(hook.result.current).toBe(true);
  await act(() => jest.advanceTimersByTimeAsync(0));
  expect(hook.result.current).toBe(false);
});
