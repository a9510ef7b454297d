import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { keys } from '../api/keys.ts';
import { mergeIntoPages, type TaskPages } from '../live/merge.ts';
import { answerApi } from '../testing/api.ts';
import { counts, definition, summary } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
import type { TaskFilter } from './filter.ts';
import { TaskList } from './task-list.tsx';

let address = '';
jest.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams(address) }));

const all: TaskFilter = { state: null, definition: null, queue: null };

function show(tasks = [summary(), summary()].reverse(), nextCursor: string | null = null) {
  const queryClient = newTestClient();
  renderPage(
    <TaskList
      initialFilter={all}
      initialPage={{ tasks, nextCursor }}
      initialCounts={counts({ pending: tasks.length })}
      definitions={[definition()]}
      queues={['default']}
    />,
    { queryClient },
  );
  const arrive = (...changes: typeof tasks) =>
    act(async () => {
      queryClient.setQueryData<TaskPages<null>>(keys.list(all), (data) => data && mergeIntoPages(data, changes, all));
      // The cache tells its observers in a later task.
      await new Promise((resolve) => setTimeout(resolve));
    });
  return { arrive, tasks };
}

const rows = () => screen.getAllByRole('listitem').filter((item) => item.querySelector('[data-task-row]'));

beforeEach(() => {
  address = '';
});

it('shows the tasks that the server rendered, without asking again', () => {
  const calls = answerApi({});
  show();
  expect(rows()).toHaveLength(2);
  expect(calls).toEqual([]);
});

it('shows a task that arrives on top', async () => {
  const { arrive } = show();
  await arrive(summary({ definition: 'fresh' }));
  expect(within(rows()[0] as HTMLElement).getByRole('link')).toHaveTextContent('fresh');
});

it('keeps new tasks back while the pointer is over the list', async () => {
  const { arrive } = show();
  await userEvent.hover(rows()[0] as HTMLElement);
  await arrive(summary());
  expect(rows()).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: '1 new' }));
  expect(rows()).toHaveLength(3);
});

it('changes a row in place also under the pointer', async () => {
  const { arrive, tasks } = show();
  await userEvent.hover(rows()[0] as HTMLElement);
  await arrive({ ...(tasks[0] ?? summary()), state: 'failed', version: 2, errorMessage: 'It broke.' });
  expect(within(rows()[0] as HTMLElement).getByText('failed')).toBeInTheDocument();
});

it('walks the rows by keyboard', async () => {
  show();
  await userEvent.keyboard('jj');
  expect(within(rows()[1] as HTMLElement).getByRole('link')).toHaveFocus();
  await userEvent.keyboard('k');
  expect(within(rows()[0] as HTMLElement).getByRole('link')).toHaveFocus();
});

it('puts the focus on the filter with a slash', async () => {
  show();
  await userEvent.keyboard('/');
  expect(screen.getByRole('combobox', { name: 'Task type' })).toHaveFocus();
});

it('loads more on request', async () => {
  const older = summary({ definition: 'older' });
  show([summary()], 'cursor-1');
  const calls = answerApi({ 'GET /api/tasks': { body: { tasks: [older], nextCursor: null } } });
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByRole('link', { name: 'older' })).toBeInTheDocument();
  expect(calls[0]?.path).toContain('cursor=cursor-1');
});

it('fetches the list of another filter', async () => {
  address = 'state=failed';
  const calls = answerApi({ 'GET /api/tasks': { body: { tasks: [], nextCursor: null } } });
  show();
  expect(await screen.findByText('No failed tasks')).toBeInTheDocument();
  expect(calls[0]?.path).toContain('state=failed');
});

it('says what to do when there are no tasks at all', () => {
  show([]);
  expect(screen.getByText('Submit your first task')).toBeInTheDocument();
});

it('says so when the list could not be fetched', async () => {
  address = 'state=failed';
  answerApi({ 'GET /api/tasks': { status: 503, body: { detail: 'The database is starting.', code: 'unavailable' } } });
  show();
  expect(await screen.findByRole('alert')).toHaveTextContent('The database is starting.');
});
