import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { answerApi } from '../testing/api.ts';
import { line } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { LogPanel } from './log-panel.tsx';

const show = (lines = [line(1)], next: number | null = null) =>
  renderPage(<LogPanel taskId="task-1" state="running" initial={{ lines, next }} />);

it('shows lines with their fields', () => {
  show([line(1, { message: 'sending', fields: { to: 'inbox', size: 3 } })]);
  expect(screen.getByRole('log')).toHaveTextContent(/sending to=inbox size=3/);
});

it('shows markup as text', () => {
  show([line(1, { message: '<img src=x>' })]);
  expect(screen.getByText('<img src=x>')).toBeInTheDocument();
});

it('separates attempts', () => {
  show([line(1), line(1_000_001, { attempt: 2 })]);
  expect(screen.getByText('Attempt 2')).toBeInTheDocument();
});

it('hides levels below the chosen one', async () => {
  show([line(1, { message: 'fine' }), line(2, { level: 'error', message: 'broken' })]);
  await userEvent.selectOptions(screen.getByLabelText('Lowest level shown'), 'warn');
  expect(screen.queryByText('fine')).toBeNull();
  expect(screen.getByText('broken')).toBeInTheDocument();
});

it('loads the lines that follow on request', async () => {
  const calls = answerApi({
    'GET /api/tasks/task-1/logs': { body: { lines: [line(2, { message: 'the second' })], next: null } },
  });
  show([line(1)], line(1).seq);
  await userEvent.click(screen.getByRole('button', { name: 'Load more lines' }));
  expect(await screen.findByText('the second')).toBeInTheDocument();
  expect(calls[0]?.path).toContain(`after=${line(1).seq}`);
});

it('says that lines will come', () => {
  show([]);
  expect(screen.getByText('Lines appear here as the task writes them.')).toBeInTheDocument();
});
