import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import type { TopicListener } from '../live/connection.ts';
import { answerApi } from '../testing/api.ts';
import { line } from '../testing/factories.ts';
import { newTestClient } from '../testing/render.tsx';
import { useTaskLogs } from './use-task-logs.ts';

const listeners = new Map<string, TopicListener>();
jest.mock('../live/use-topic.ts', () => ({
  useTopic: (name: string, listener: TopicListener) => listeners.set(name, listener),
}));

const initial = { lines: [line(1)], next: null };

/** The log of an open page, from a server that takes three seconds to answer. */
function openLog() {
  const calls = answerApi({
    'GET /api/tasks/task-1/logs': async () => {
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      return { body: { lines: [line(2)], next: null } };
    },
  });
  const queryClient = newTestClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
  );
  const hook = renderHook(() => useTaskLogs('task-1', initial), { wrapper });
  const missLines = () => act(async () => listeners.get('task:task-1')?.onMessage('logs', { refetch: true }));
  return { calls, hook, missLines };
}

const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('shows what was missed however often more is missed meanwhile', async () => {
  const { calls, hook, missLines } = openLog();
  for (let times = 0; times < 10; times += 1) {
    await missLines();
    await pass(500);
  }
  expect(hook.result.current.data.lines).toEqual([line(1), line(2)]);
  expect(calls.length).toBeLessThanOrEqual(2);
});

it('fetches the lines that a gap left out', async () => {
  const { hook } = openLog();
  await act(async () => listeners.get('task:task-1')?.onMessage('logs', { lines: [line(3)] }));
  await pass(3_100);
  expect(hook.result.current.data.lines).toEqual([line(1), line(2), line(3)]);
});

it('asks for nothing more once the page is left', async () => {
  const { calls, hook, missLines } = openLog();
  await missLines();
  await pass(3_100);
  await missLines();
  hook.unmount();
  await pass(10_000);
  expect(calls).toHaveLength(1);
});
