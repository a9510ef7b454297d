import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { TaskSummary } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import type { TaskPages } from '../live/merge.ts';
import { answerApi } from '../testing/api.ts';
import { summary } from '../testing/factories.ts';
import { facets, newestFirst, rows, showList } from './testing.tsx';

let address = '';
jest.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams(address) }));

const none = { body: { tasks: [], nextCursor: null } };
const some = { body: { tasks: newestFirst(2), nextCursor: null } };

const scrollTo = (row: number) => Object.defineProperty(window, 'scrollY', { value: row * 36, configurable: true });

beforeEach(() => {
  address = '';
  scrollTo(0);
  window.history.replaceState(null, '', '/tasks');
});

const hereIs = (search: string) => {
  address = search;
};

describe('the table', () => {
  it('does not take itself for fetched because it is opened: what the server rendered is asked for once more', () => {
    const { queryClient } = showList();
    expect(queryClient.getQueryState(keys.list({}))?.dataUpdatedAt).toBe(0);
  });

  it('shows the tasks that the server rendered, without asking again', () => {
    const calls = answerApi({});
    showList();
    expect(rows()).toHaveLength(2);
    expect(calls).toEqual([]);
  });

  it('names its columns and says by which it is ordered', () => {
    showList();
    expect(screen.getByRole('columnheader', { name: 'Created' })).toHaveAttribute('aria-sort', 'descending');
    expect(screen.getByRole('columnheader', { name: 'Ran' })).toHaveAttribute('aria-sort', 'none');
    expect(screen.getByRole('columnheader', { name: 'Queue' })).not.toHaveAttribute('aria-sort');
  });

  it('is ordered by a click on a column, and the other way round by the next', async () => {
    showList();
    await userEvent.click(screen.getByRole('button', { name: 'Ran' }));
    expect(window.location.search).toBe('?sort=-duration');
  });

  it('goes back to newest first without a word in the address', async () => {
    hereIs('sort=created');
    answerApi({ 'GET /api/tasks': some, 'GET /api/tasks/facets': { body: facets() } });
    showList();
    await userEvent.click(await screen.findByRole('button', { name: 'Created' }));
    expect(window.location.href).toMatch(/\/tasks$/);
  });

  it('has the columns that one chose, in their order, also the next time', async () => {
    showList();
    await userEvent.click(screen.getByRole('button', { name: 'Columns and density' }));
    await userEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Priority' }));
    await userEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Queue' }));
    await userEvent.keyboard('{Escape}');
    const names = screen.getAllByRole('columnheader').map((header) => header.textContent);
    expect(names).toEqual(['', 'State', 'Task', 'Priority', 'Attempt', 'Ran', 'Created']);
    expect(document.cookie).toBe('taskdeck-columns=state.task.attempt.ran.created.priority');
  });

  it('draws only the rows in the window of a long list', async () => {
    showList({ tasks: newestFirst(1_000) });
    await act(() => import('./row-range.tsx'));
    expect(rows().length).toBeLessThan(80);
    expect(rows()[0]).toHaveAttribute('aria-rowindex', '2');
    scrollTo(500);
    fireEvent.scroll(window);
    await waitFor(() => expect(Number(rows()[0]?.getAttribute('aria-rowindex'))).toBeGreaterThan(400));
    expect(rows().length).toBeLessThan(80);
  });

  it('loads more on request', async () => {
    const older = summary({ definition: 'older' });
    showList({ tasks: [summary()], nextCursor: 'cursor-1' });
    const calls = answerApi({ 'GET /api/tasks': { body: { tasks: [older], nextCursor: null } } });
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByRole('link', { name: 'older' })).toBeInTheDocument();
    expect(calls[0]?.path).toContain('cursor=cursor-1');
  });

  describe('while what it shows is fetched anew', () => {
    /** A list whose server keeps the answer of a refetch back; what it has to tell then is that the first task failed. */
    async function refetching(tasks: TaskSummary[]) {
      const { queryClient } = showList({ tasks, nextCursor: 'cursor-1' });
      const answer = Promise.withResolvers<void>();
      const [first = summary(), ...rest] = tasks;
      const healed = [{ ...first, state: 'failed', errorMessage: 'It broke.', version: 2 }, ...rest];
      const older = { tasks: [summary({ definition: 'older' })], nextCursor: 'cursor-2' };
      const oldest = { tasks: [summary({ definition: 'oldest' })], nextCursor: null };
      answerApi({
        'GET /api/tasks': async ({ path }) => {
          if (path.includes('cursor=')) return { body: path.includes('cursor-1') ? older : oldest };
          await answer.promise;
          return { body: { tasks: healed, nextCursor: 'cursor-1' } };
        },
      });
      await act(async () => void queryClient.invalidateQueries({ queryKey: keys.lists() }));
      const known = () => queryClient.getQueryData<TaskPages<null>>(keys.list({}))?.pages.flatMap(({ tasks }) => tasks);
      return { answer, known };
    }

    it('loads more after that, and says that it will', async () => {
      const { answer, known } = await refetching(newestFirst(2));
      await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
      expect(screen.getByRole('button', { name: 'Loading …' })).toBeDisabled();
      answer.resolve();
      await waitFor(() => expect(known()?.at(-1)?.definition).toBe('older'));
      expect(known()?.[0]?.state).toBe('failed');
    });

    it('loads what the reader has scrolled to after that, page by page as long as the end is near', async () => {
      const { answer, known } = await refetching(newestFirst(1_000));
      await act(() => import('./row-range.tsx'));
      scrollTo(990);
      fireEvent.scroll(window);
      expect(await screen.findByRole('button', { name: 'Loading …' })).toBeInTheDocument();
      answer.resolve();
      await waitFor(() => expect(known()?.at(-1)?.definition).toBe('oldest'));
      expect(known()?.[0]?.state).toBe('failed');
    });
  });
});

describe('live', () => {
  it('shows a task that arrives on top', async () => {
    const { arrive } = showList();
    await arrive(summary({ definition: 'fresh' }));
    expect(within(rows()[0] as HTMLElement).getByRole('link')).toHaveTextContent('fresh');
  });

  it('keeps new tasks back while the pointer is over the list', async () => {
    const { arrive } = showList();
    await userEvent.hover(rows()[0] as HTMLElement);
    await arrive(summary());
    expect(rows()).toHaveLength(2);
    await userEvent.click(screen.getByRole('button', { name: '1 new' }));
    expect(rows()).toHaveLength(3);
  });

  it('changes a row in place also under the pointer', async () => {
    const { arrive, tasks } = showList();
    await userEvent.hover(rows()[0] as HTMLElement);
    await arrive({ ...(tasks[0] ?? summary()), state: 'failed', version: 2, errorMessage: 'It broke.' });
    expect(within(rows()[0] as HTMLElement).getByText('failed')).toBeInTheDocument();
  });

  it('leaves a row under the pointer where it is when it leaves the filter, and shows its true state', async () => {
    hereIs('state=running');
    const running = newestFirst(3, { state: 'running' });
    const { arrive } = showList({ tasks: running, filter: { state: 'running' } });
    const done = { ...(running[1] ?? summary()), state: 'completed' as const, version: 2 };
    const calls = answerApi({ 'GET /api/tasks': { body: { tasks: [done], nextCursor: null } } });
    await userEvent.hover(rows()[0] as HTMLElement);
    await arrive(done);
    expect(rows()).toHaveLength(3);
    expect(await within(rows()[1] as HTMLElement).findByText('completed')).toBeInTheDocument();
    expect(calls[0]?.path).toContain(`ids=${running.map(({ id }) => id).join('%2C')}`);
    await userEvent.unhover(rows()[0] as HTMLElement);
    expect(rows()).toHaveLength(2);
  });
});

describe('filters', () => {
  it('fetches the list of another filter', async () => {
    hereIs('state=failed');
    const calls = answerApi({ 'GET /api/tasks': none, 'GET /api/tasks/facets': { body: facets() } });
    showList();
    expect(await screen.findByText('No failed tasks')).toBeInTheDocument();
    expect(calls.map(({ path }) => path)).toContainEqual(expect.stringMatching(/^\/api\/tasks\?state=failed&/));
  });

  it('are put into the address from the panel, with live counts beside them', async () => {
    const known = facets({ queue: { mail: 7, slow: 2 }, definition: { sendMessage: 9 } }, 9);
    answerApi({ 'GET /api/tasks/facets': { body: known }, 'GET /api/tasks': none });
    hereIs('state=failed');
    showList();
    await userEvent.click(screen.getByRole('button', { name: 'Filters (1)' }));
    const mail = await screen.findByRole('checkbox', { name: 'mail 7' });
    await userEvent.click(mail);
    expect(window.location.search).toBe('?state=failed&queue=mail');
    expect(screen.getByText('9 tasks match')).toBeInTheDocument();
  });

  it('say what cannot be read and change nothing', async () => {
    showList();
    await userEvent.click(screen.getByRole('button', { name: 'Filters' }));
    const least = await within(await screen.findByRole('group', { name: 'Ran for' })).findByLabelText('At least');
    await userEvent.type(least, 'soon{Enter}');
    expect(screen.getByText('Write it as 500 ms, 2 s, 5 m or 1 h.')).toBeInTheDocument();
    expect(window.location.search).toBe('');
    await userEvent.clear(least);
    await userEvent.type(least, '2 s{Enter}');
    expect(window.location.search).toBe('?runMin=2000');
  });

  it('go back in time with one click', async () => {
    showList();
    await userEvent.click(screen.getByRole('button', { name: 'Filters' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Last 1 h' }));
    const from = new URLSearchParams(window.location.search).get('createdAfter') ?? '';
    expect(Date.now() - Date.parse(from)).toBeGreaterThanOrEqual(3_600_000);
  });

  it('stand above the list, each with the way to take it back', async () => {
    hereIs('state=failed&queue=mail&q=refused');
    answerApi({ 'GET /api/tasks': some, 'GET /api/tasks/facets': { body: facets() } });
    showList();
    const active = screen.getByRole('list', { name: 'Active filters' });
    expect(within(active).getAllByRole('listitem')).toHaveLength(3);
    expect(await screen.findAllByRole('row')).toHaveLength(3);
    await userEvent.click(screen.getByRole('button', { name: 'Remove the filter Queue: mail' }));
    expect(window.location.search).toBe('?q=refused&state=failed');
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(window.location.search).toBe('');
  });

  it('name the error of a fingerprint once a task tells it', async () => {
    hereIs('fingerprint=021c5f0000000000');
    const failed = newestFirst(1, { state: 'failed', errorMessage: 'The mail server refused.' });
    answerApi({
      'GET /api/tasks': { body: { tasks: failed, nextCursor: null } },
      'GET /api/tasks/facets': { body: facets() },
    });
    showList();
    expect(
      await screen.findByRole('button', { name: 'Remove the filter Error: The mail server refused.' }),
    ).toBeInTheDocument();
  });

  it('are kept in the export', async () => {
    hereIs('state=failed&sort=created');
    answerApi({ 'GET /api/tasks': none, 'GET /api/tasks/facets': { body: facets() } });
    showList();
    await userEvent.click(screen.getByRole('button', { name: 'Export' }));
    expect(screen.getByRole('menuitem', { name: /CSV/ })).toHaveAttribute(
      'href',
      '/api/tasks/export?state=failed&format=csv',
    );
  });
});

describe('when there is nothing', () => {
  it('says how words are found', async () => {
    hereIs('q=nope.inv');
    answerApi({ 'GET /api/tasks': none, 'GET /api/tasks/facets': { body: facets() } });
    showList();
    expect(await screen.findByText(/add \* for the beginning of one/)).toBeInTheDocument();
  });

  it('says what to do when there are no tasks at all', () => {
    showList({ tasks: [] });
    expect(screen.getByText('Submit your first task')).toBeInTheDocument();
  });

  it('goes on looking when nothing was found among the newest', async () => {
    hereIs('tag=rare');
    const found = { tasks: [summary({ definition: 'found' })], nextCursor: null };
    answerApi({
      'GET /api/tasks': ({ path }) => ({ body: path.includes('cursor=') ? found : { tasks: [], nextCursor: 'far' } }),
      'GET /api/tasks/facets': { body: facets() },
    });
    showList();
    await userEvent.click(await screen.findByRole('button', { name: 'Search older tasks' }));
    expect(await screen.findByRole('link', { name: 'found' })).toBeInTheDocument();
  });

  it('says so when the list could not be fetched', async () => {
    hereIs('state=failed');
    answerApi({
      'GET /api/tasks': { status: 503, body: { detail: 'The database is starting.', code: 'unavailable' } },
      'GET /api/tasks/facets': { status: 503, body: {} },
    });
    showList();
    expect(await screen.findByRole('alert')).toHaveTextContent('The database is starting.');
  });

  it('marks what is wrong with a search that came by a link', async () => {
    hereIs('q=state:nonsense');
    const refusal = {
      detail: 'The query is not right.',
      code: 'invalid',
      errors: [{ pointer: '/q', message: 'wrong' }],
    };
    answerApi({
      'GET /api/tasks': { status: 422, body: refusal },
      'GET /api/tasks/facets': { status: 422, body: refusal },
    });
    showList();
    expect(await screen.findByText('This search cannot be read')).toBeInTheDocument();
    expect(await screen.findByText('state:nonsense', { selector: 'mark' })).toBeInTheDocument();
  });
});

describe('by keyboard', () => {
  it('walks the rows', async () => {
    showList();
    await userEvent.keyboard('jj');
    expect(within(rows()[1] as HTMLElement).getByRole('link')).toHaveFocus();
    await userEvent.keyboard('k');
    expect(within(rows()[0] as HTMLElement).getByRole('link')).toHaveFocus();
  });

  it('puts the focus on the search with a slash', async () => {
    answerApi({ 'GET /api/tasks/suggest': { body: { from: 0, to: 0, suggestions: [] } } });
    showList();
    await userEvent.keyboard('/');
    expect(screen.getByRole('combobox', { name: 'Search tasks' })).toHaveFocus();
  });

  it('selects the row with x and as far as another with shift, and nothing with Escape', async () => {
    showList({ tasks: newestFirst(4) });
    await userEvent.keyboard('jxjjX');
    expect(await screen.findByText('3 selected')).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByText('3 selected')).not.toBeInTheDocument();
  });
});
