import { act, screen } from '@testing-library/react';
import { keys } from '../api/keys.ts';
import type { TaskView } from '../api/types.ts';
import { at, attempt, view } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
import { TaskPage } from './task-page.tsx';

const noLogs = { lines: [], next: null };

function show(over: Partial<TaskView>, role: 'viewer' | 'operator' = 'operator') {
  const queryClient = newTestClient();
  const task = view(over);
  renderPage(<TaskPage initial={task} initialLogs={noLogs} title="Send message" />, { queryClient, role });
  return { queryClient, task };
}

it('shows the result of a completed task', () => {
  show({ state: 'completed', result: { sent: 'yes' } });
  expect(screen.getByTestId('task-status')).toHaveTextContent('completed');
  expect(screen.getByTestId('task-result')).toHaveTextContent('"yes"');
});

it('says so when a completed task returned nothing', () => {
  show({ state: 'completed' });
  expect(screen.getByTestId('task-result')).toHaveTextContent('Completed without a return value.');
});

it('draws the waveform of a recording', () => {
  show({ state: 'completed', result: { waveform: [0.1, 0.9] } });
  expect(screen.getByRole('img', { name: 'Waveform of the recording, 2 points' })).toBeInTheDocument();
});

it('shows the message that arrived in the inbox', () => {
  show({ state: 'completed', inboxMessage: { message: 'Hello, inbox', createdAt: at(2) } });
  expect(screen.getByText('Hello, inbox')).toBeInTheDocument();
});

it('shows why a task failed, and its attempts', () => {
  const error = { name: 'Error', message: 'refused' };
  show({ state: 'failed', attempt: 1, error, attempts: [attempt({ outcome: 'timeout', error })] });
  expect(screen.getByRole('heading', { name: 'Error' })).toBeInTheDocument();
  expect(screen.getByText('Ran out of time')).toBeInTheDocument();
});

it('shows how far a running task is', () => {
  show({ state: 'running', progress: { fraction: 0.42, done: 21, total: 50, message: 'Reading' } });
  expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '21 of 50 · 42 %, Reading');
});

it('moves with the task', async () => {
  const { queryClient, task } = show({ state: 'running' });
  await act(async () => {
    queryClient.setQueryData(keys.detail(task.id), { ...task, state: 'completed', version: 2 });
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(screen.getByTestId('task-status')).toHaveTextContent('completed');
});

it('says that a running task is being stopped', () => {
  show({ state: 'running', cancelRequested: true });
  expect(screen.getByText('Asked to stop; waiting for the handler.')).toBeInTheDocument();
});

it('gives a viewer everything to read and nothing to press', () => {
  show({ state: 'failed' }, 'viewer');
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  expect(screen.getByRole('heading', { name: 'Payload' })).toBeInTheDocument();
});
