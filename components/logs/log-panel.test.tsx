import { act, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { keys } from '../api/keys.ts';
import { answerApi } from '../testing/api.ts';
import { attempt, line, view } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
import { addFetched, type LogState, noLines } from './lines.ts';
import { LogPanel } from './log-panel.tsx';

const task = view({ id: 'task-1', state: 'running' });
const show = (lines = [line(1)], next: number | null = null) =>
  renderPage(<LogPanel task={task} initial={{ lines, next }} />);

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
  expect(screen.getByRole('button', { name: /^Attempt 2/ })).toBeInTheDocument();
});

it('says which round an attempt is of, once the task was sent again', () => {
  const again = { ...task, attempt: 1, attempts: [attempt({ outcome: 'failure' }), attempt({ run: 2 })] };
  renderPage(<LogPanel task={again} initial={{ lines: [line(1), line(1_000_001)], next: null }} />);
  expect(screen.getAllByRole('button', { name: /attempt 1/ }).map(({ textContent }) => textContent)).toEqual([
    'Round 1, attempt 11 line',
    'Round 2, attempt 11 line',
  ]);
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

it('folds an attempt', async () => {
  show([line(1, { message: 'of the first' }), line(1_000_001, { attempt: 2, message: 'of the second' })]);
  await userEvent.click(screen.getByRole('button', { name: /^Attempt 1/ }));
  expect(screen.queryByText('of the first')).toBeNull();
  expect(screen.getByText('of the second')).toBeInTheDocument();
});

it('shows the lines that have the text in them, and marks it', async () => {
  show([line(1, { message: 'Sending to Ada' }), line(2, { message: 'done' })]);
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search the log' }), 'ada');
  expect(await screen.findByText('Ada')).toHaveProperty('tagName', 'MARK');
  expect(screen.queryByText('done')).toBeNull();
  expect(screen.getByRole('status')).toHaveTextContent('1 of 2');
});

it('says that nothing was found', async () => {
  show([line(1)]);
  await userEvent.type(screen.getByRole('searchbox', { name: 'Search the log' }), 'nowhere');
  expect(await screen.findByText('No line has “nowhere” in it.')).toBeInTheDocument();
});

it('offers the log as a file, of the level that is chosen', async () => {
  show([line(1, { level: 'warn' })]);
  await userEvent.selectOptions(screen.getByLabelText('Lowest level shown'), 'warn');
  await userEvent.click(screen.getByRole('button', { name: 'Download the log' }));
  expect(screen.getByRole('menuitem', { name: /^Text/ })).toHaveAttribute(
    'href',
    '/api/tasks/task-1/logs?format=text&level=warn',
  );
  expect(screen.getByRole('menuitem', { name: /^NDJSON/ })).toHaveAttribute('download');
});

it('stops following when the reader scrolls up, and tells of what came since', async () => {
  const queryClient = newTestClient();
  renderPage(<LogPanel task={task} initial={{ lines: [line(1)], next: null }} />, { queryClient });
  const box = screen.getByRole('log');
  Object.defineProperties(box, {
    scrollHeight: { value: 1_000, configurable: true },
    clientHeight: { value: 100, configurable: true },
  });
  box.scrollTop = 200;
  fireEvent.scroll(box);
  expect(screen.getByRole('button', { name: 'Follow the end' })).toHaveAttribute('aria-pressed', 'false');
  await act(async () => {
    queryClient.setQueryData<LogState>(keys.logs('task-1'), (known) =>
      addFetched(known ?? noLines, { lines: [line(2), line(3)], next: null }),
    );
    await Promise.resolve();
  });
  expect(box.scrollTop).toBe(200);
  await userEvent.click(await screen.findByRole('button', { name: '2 new lines' }));
  expect(box.scrollTop).toBe(1_000);
  expect(screen.queryByRole('button', { name: /new line/ })).toBeNull();
});

it('draws the last of very many lines, and earlier ones on request', async () => {
  show(Array.from({ length: 2_500 }, (_, index) => line(index + 1)));
  expect(screen.queryByText('line 500')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Show 500 earlier lines of 500' }));
  expect(screen.getByText('line 500')).toBeInTheDocument();
});
