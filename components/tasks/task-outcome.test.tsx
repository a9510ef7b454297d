import { screen, waitFor } from '@testing-library/react';
import type { AuditEntry } from '#lib/audit/types';
import { keys } from '../api/keys.ts';
import type { TaskView } from '../api/types.ts';
import { answerApi } from '../testing/api.ts';
import { at, attempt, view } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
import { TaskOutcome } from './task-outcome.tsx';

function show(over: Partial<TaskView>, audit: AuditEntry[] = []) {
  const task = view(over);
  const queryClient = newTestClient();
  answerApi({ [`GET /api/tasks/${task.id}/audit`]: { body: { entries: audit } } });
  renderPage(<TaskOutcome task={task} />, { queryClient });
  return { queryClient, id: task.id };
}

describe('a cancelled task', () => {
  const error = { name: 'TaskCancelled', message: 'The task was cancelled.', stack: 'at stopTask' };
  const audit = [
    {
      id: 'a',
      at: at(5),
      actor: 'user:1',
      name: 'ada@example.com',
      action: 'task.cancel',
      subject: 'task:1',
      details: null,
    },
  ];
  const cancelled = { state: 'cancelled', finishedAt: new Date(Date.now() - 5_400_000).toISOString() } as const;

  it('says who cancelled it and when, and shows no error', async () => {
    const attempts = [attempt({ outcome: 'cancelled', error })];
    show({ ...cancelled, attempt: 1, attempts, error, fingerprint: '0123456789abcdef' }, audit);
    expect(await screen.findByText(/^Cancelled by/)).toHaveTextContent('Cancelled by ada@example.com, 1 h ago.');
    for (const text of ['TaskCancelled', 'The task was cancelled.', 'Stack trace', 'All tasks with this cause'])
      expect(screen.queryByText(text)).toBeNull();
  });

  it('says why, where nobody asked for it', () => {
    show({ ...cancelled, error: { name: 'TaskExpired', message: 'It had not started when its time was over.' } });
    expect(screen.getByText(/^Cancelled,/)).toHaveTextContent(
      'Cancelled, 1 h ago. It had not started when its time was over.',
    );
  });

  it('names nobody, where a newer task took its place after somebody had cancelled it once', async () => {
    const error = { name: 'Superseded', message: 'The newer task 7 has taken its place.' };
    const { queryClient, id } = show({ ...cancelled, error }, audit);
    await waitFor(() => expect(queryClient.getQueryData(keys.taskAudit(id))).toHaveLength(1));
    expect(screen.getByText(/^Cancelled,/)).toHaveTextContent('The newer task 7 has taken its place.');
  });

  it('does not give the error of a put-off attempt for the reason', async () => {
    show({ ...cancelled, error: { name: 'RateLimitError', message: '429 Too Many Requests' } }, audit);
    expect(await screen.findByText(/^Cancelled by/)).not.toHaveTextContent('429');
  });

  it('still shows the error of the attempt before it', () => {
    const refused = { name: 'Error', message: 'refused' };
    const attempts = [attempt({ outcome: 'failure', error: refused })];
    show({ ...cancelled, attempt: 1, attempts, error: refused, fingerprint: '0123456789abcdef' });
    expect(screen.getByRole('heading', { name: 'Error of the last attempt' })).toBeInTheDocument();
    expect(screen.getByText(/^Cancelled,/)).not.toHaveTextContent('refused');
  });

  it('is not by whom it was cancelled before it was sent again', async () => {
    const again = audit.map((entry) => ({ ...entry, id: 'b', action: 'task.retry', at: at(6) }));
    const { queryClient, id } = show(cancelled, [...again, ...audit]);
    await waitFor(() => expect(queryClient.getQueryData(keys.taskAudit(id))).toHaveLength(2));
    expect(screen.queryByText(/^Cancelled by/)).toBeNull();
  });
});
