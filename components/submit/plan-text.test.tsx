import { act, screen } from '@testing-library/react';
import type { QueueInfo } from '#lib/queues/types';
import type { WorkerInfo } from '#lib/workers/types';
import { keys } from '../api/keys.ts';
import { answerApi } from '../testing/api.ts';
import { definition, queue, worker } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
import { PlanText } from './plan-text.tsx';

function show(over: Partial<QueueInfo>, workers: WorkerInfo[] = [worker()]) {
  const queryClient = newTestClient();
  answerApi({
    'GET /api/queues': { body: { queues: [queue({ name: 'default', ...over })] } },
    'GET /api/workers': { body: { workers } },
  });
  renderPage(<PlanText definition={definition()} options={{}} />, { queryClient });
  return queryClient;
}

it('says that the queue is paused, and promises a start again once it is resumed', async () => {
  const queryClient = show({ paused: true });
  expect(await screen.findByText(/is paused: the task starts once the queue is resumed\./)).toBeInTheDocument();
  expect(screen.getByRole('link', { name: /^default/ })).toHaveAttribute('href', '/queues');
  expect(screen.queryByText(/as soon as a worker is free/)).toBeNull();
  act(() => queryClient.setQueryData(keys.queues(), [queue({ name: 'default' })]));
  expect(await screen.findByText(/as soon as a worker is free/)).toBeInTheDocument();
  expect(screen.queryByText(/is paused/)).toBeNull();
});

it('says that the queue takes no new tasks', async () => {
  show({ draining: true });
  expect(await screen.findByText(/takes no new tasks: the task is refused until/)).toBeInTheDocument();
});

it.each([
  ['is there', []],
  ['lives', [worker({ alive: false })]],
  ['takes that queue', [worker({ queues: ['mail'] })]],
])('says so when no worker %s', async (_, workers) => {
  show({}, workers);
  expect(
    await screen.findByText(/takes tasks of the queue default: the task starts once one does\./),
  ).toBeInTheDocument();
});
