import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AuditEntry } from '#lib/audit/types';
import type { PayloadRevision } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import type { TaskView } from '../api/types.ts';
import { answerApi } from '../testing/api.ts';
import { at, attempt, view } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
import { TaskPage } from './task-page.tsx';

const noLogs = { lines: [], next: null };

type More = { role?: 'viewer' | 'operator'; audit?: AuditEntry[]; revisions?: PayloadRevision[] };

function show(over: Partial<TaskView>, { role = 'operator', audit = [], revisions = [] }: More = {}) {
  const queryClient = newTestClient();
  const task = view(over);
  answerApi({
    [`GET /api/tasks/${task.id}/audit`]: { body: { entries: audit } },
    [`GET /api/tasks/${task.id}/revisions`]: { body: { revisions } },
  });
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

it('leads to the task that emitted it and to what it depends on', () => {
  const [parent, dependency] = ['0198c0de-0000-7000-8000-000000000001', '0198c0de-0000-7000-8000-000000000002'];
  show({ state: 'blocked', parentId: parent, dependsOn: [dependency] });
  expect(screen.getByRole('link', { name: parent })).toHaveAttribute('href', `/tasks/${parent}`);
  expect(screen.getByRole('link', { name: dependency })).toHaveAttribute('href', `/tasks/${dependency}`);
});

it('says why a dead letter was dismissed', () => {
  show({ state: 'failed', dismissedAt: at(9), dismissReason: 'Known and harmless.' });
  expect(screen.getByText(/Known and harmless\./)).toBeInTheDocument();
});

it('shows who did what to it', async () => {
  const entry = { id: 'a', at: at(5), actor: 'user:1', subject: 'task:1', details: null };
  const entries = [
    { ...entry, name: 'ada@example.com', action: 'task.redrive' },
    { ...entry, id: 'b', name: null, action: 'task.cancel' },
  ];
  show({ state: 'pending' }, { audit: entries });
  const list = await screen.findByRole('list', { name: /What was done to it/ });
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual([expect.stringMatching(/^ada@example.com redrove it/), expect.stringMatching(/^user:1 cancelled it/)]);
});

it('shows a payload that a redrive has replaced, by what was changed', async () => {
  const revision = {
    revision: 1,
    payload: { message: 'Helo' },
    replacedAt: at(5),
    replacedBy: 'user:1',
    replacedByName: 'ada',
  };
  show({ state: 'completed', payload: { message: 'Hello' }, revisions: 1 }, { revisions: [revision] });
  await userEvent.click(await screen.findByText('Replaced by ada'));
  const changes = within(screen.getByRole('list', { name: 'Changes' }));
  expect(changes.getByText('"Helo"')).toBeInTheDocument();
  expect(changes.getByText('"Hello"')).toBeInTheDocument();
});

it('gives a viewer everything to read and nothing to press', () => {
  show({ state: 'failed' }, { role: 'viewer' });
  expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  expect(screen.getByRole('heading', { name: 'Payload' })).toBeInTheDocument();
});
