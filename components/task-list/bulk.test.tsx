import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { StateCounts } from '#lib/tasks/types';
import { answerApi } from '../testing/api.ts';
import { operation, summary } from '../testing/factories.ts';
import { facets, newestFirst, rows, showList } from './testing.tsx';

let address = '';
jest.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams(address) }));

beforeEach(() => {
  address = '';
  window.history.replaceState(null, '', '/tasks');
});

const scheduled = (count: number) => newestFirst(count, { state: 'scheduled' });
const boxes = () => rows().map((row) => within(row).getByRole('checkbox'));
const bar = () => screen.findByRole('region', { name: 'Selected tasks' });
const press = async (name: string) => userEvent.click(within(await bar()).getByRole('button', { name }));

/** What is asked before an operation is begun. */
const preview = (states: Partial<StateCounts>) => ({
  body: { count: Object.values(states).reduce((sum, count) => sum + count, 0), more: false, states },
});

/** Selects as far as the row with the shift key held. */
async function selectTo(box: HTMLElement | undefined) {
  const user = userEvent.setup();
  await user.keyboard('{Shift>}');
  await user.click(box ?? document.body);
  await user.keyboard('{/Shift}');
}

it('offers nothing to those who may only read', () => {
  showList({ role: 'viewer' });
  expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
});

it('selects rows by their boxes, as far as another with shift', async () => {
  showList({ tasks: scheduled(5) });
  await userEvent.click(boxes()[1] as HTMLElement);
  await selectTo(boxes()[3]);
  expect(within(await bar()).getByText('3 selected')).toBeInTheDocument();
  expect(screen.getByRole('checkbox', { name: 'Select all loaded tasks' })).toBePartiallyChecked();
});

it('says how many and what will happen, does it and shows how far it is', async () => {
  const tasks = scheduled(3);
  showList({ tasks });
  const begun = operation({ verb: 'cancel', total: 2, done: 0, state: 'running' });
  const calls = answerApi({
    'POST /api/bulk/preview': preview({ scheduled: 2 }),
    'POST /api/bulk': { status: 202, body: begun },
    [`GET /api/bulk/${begun.id}`]: { body: { ...begun, state: 'completed', done: 2 } },
    [`POST /api/bulk/${begun.id}/cancel`]: { body: { ...begun, state: 'cancelled' } },
    'GET /api/tasks': { body: { tasks, nextCursor: null } },
    'GET /api/tasks/facets': { body: facets() },
  });
  await userEvent.click(boxes()[0] as HTMLElement);
  await userEvent.click(boxes()[1] as HTMLElement);
  await press('Cancel');
  const dialog = await screen.findByRole('dialog', { name: 'Cancel 2 tasks?' });
  expect(dialog).toHaveTextContent('Those that wait end at once');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel 2 tasks' }));
  const background = await screen.findByRole('list', { name: 'In the background' });
  expect(background).toHaveTextContent('Cancelling 0 of 2');
  expect(within(background).getByRole('progressbar')).toBeInTheDocument();
  expect(calls.find(({ path }) => path === '/api/bulk')?.body).toEqual({
    verb: 'cancel',
    ids: [tasks[0]?.id, tasks[1]?.id],
  });
  expect(screen.queryByRole('region', { name: 'Selected tasks' })).not.toBeInTheDocument();
  await userEvent.click(within(background).getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(background).toHaveTextContent('Cancelled 2 of 2'));
});

it('begins also where none of those that were counted is changed: there may be some among the others', async () => {
  const tasks = scheduled(2);
  showList({ tasks });
  const begun = operation({ verb: 'cancel', state: 'running' });
  const calls = answerApi({
    'POST /api/bulk/preview': { body: { count: 10_000, more: true, states: { completed: 10_000 } } },
    'POST /api/bulk': { status: 202, body: begun },
    [`GET /api/bulk/${begun.id}`]: { body: begun },
  });
  await userEvent.click(boxes()[0] as HTMLElement);
  await press('Cancel');
  const dialog = await screen.findByRole('dialog', { name: 'Cancel all that it concerns?' });
  expect(dialog).toHaveTextContent('Left as they are, among the newest: 10000 completed.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel all that it concerns' }));
  await waitFor(() => expect(calls.some(({ path }) => path === '/api/bulk')).toBe(true));
});

it('names all that match by the filter, not by what is loaded', async () => {
  address = 'state=scheduled&q=mail';
  const tasks = scheduled(3);
  const calls = answerApi({
    'GET /api/tasks': { body: { tasks, nextCursor: 'more' } },
    'GET /api/tasks/facets': { body: facets({}, 1_204) },
    'POST /api/bulk/preview': preview({ failed: 1_204 }),
    'POST /api/bulk': { status: 202, body: operation({ verb: 'retry', total: 1_204, state: 'completed' }) },
  });
  showList({ tasks });
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all loaded tasks' }));
  await press('Select all 1,204 that match');
  expect(within(await bar()).getByText('All 1,204 that match')).toBeInTheDocument();
  await press('Retry');
  const dialog = await screen.findByRole('dialog', { name: 'Retry 1,204 tasks?' });
  expect(dialog).toHaveTextContent('Search: mail');
  await userEvent.type(within(dialog).getByLabelText('Tasks a second'), '50');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Retry 1,204 tasks' }));
  await screen.findByRole('list', { name: 'In the background' });
  expect(calls.find(({ path }) => path === '/api/bulk')?.body).toEqual({
    verb: 'retry',
    filter: { states: ['scheduled'], q: 'mail' },
    perSecond: 50,
  });
});

it('says why a verb can be told to none of the selected tasks, and asks nothing', async () => {
  showList({ tasks: [summary({ state: 'completed' }), summary({ state: 'running' })].reverse() });
  await userEvent.click(boxes()[1] as HTMLElement);
  const pause = within(await bar()).getByRole('button', { name: 'Pause' });
  expect(pause).toHaveAttribute('aria-disabled', 'true');
  expect(pause).toHaveAccessibleDescription('None of the selected tasks can be paused now.');
  await userEvent.click(pause);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(within(await bar()).getByRole('button', { name: 'Archive' })).toHaveAttribute('aria-disabled', 'false');
});

it('sends completed tasks again where one says so', async () => {
  showList({ tasks: [summary({ state: 'completed' }), summary({ state: 'failed' })] });
  const calls = answerApi({
    'GET /api/tasks': { body: { tasks: [], nextCursor: null } },
    'GET /api/tasks/facets': { body: facets() },
    'POST /api/bulk/preview': preview({ completed: 1, failed: 1 }),
    'POST /api/bulk': { status: 202, body: operation({ verb: 'redrive', total: 2, state: 'completed' }) },
  });
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all loaded tasks' }));
  await press('Redrive');
  const dialog = within(await screen.findByRole('dialog', { name: 'Redrive one task?' }));
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Completed tasks too' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Redrive 2 tasks' }));
  await screen.findByRole('list', { name: 'In the background' });
  expect(calls.find(({ path }) => path === '/api/bulk')?.body).toMatchObject({
    verb: 'redrive',
    args: { again: true },
  });
});

it('does not offer all tasks there are', async () => {
  showList({ tasks: scheduled(3), nextCursor: 'more' });
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all loaded tasks' }));
  expect(within(await bar()).queryByRole('button', { name: /that match/ })).not.toBeInTheDocument();
});

it('takes back a pause for the tasks that it has paused, and only these', async () => {
  const [waiting, paused] = [summary({ state: 'scheduled' }), summary({ state: 'paused' })];
  showList({ tasks: [paused, waiting] });
  const begun = operation({ verb: 'pause', total: 2, done: 1, skipped: 1, state: 'completed' });
  const back = operation({ verb: 'resume', total: 1, done: 1, state: 'completed' });
  const calls = answerApi({
    'POST /api/bulk/preview': preview({ paused: 1, scheduled: 1 }),
    'POST /api/bulk': ({ body }) => ({
      status: 202,
      body: (body as { verb: string }).verb === 'pause' ? begun : back,
    }),
    'GET /api/tasks': { body: { tasks: [paused, waiting], nextCursor: null } },
    'GET /api/tasks/facets': { body: facets() },
  });
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all loaded tasks' }));
  await press('Pause');
  const dialog = await screen.findByRole('dialog', { name: 'Pause one task?' });
  expect(dialog).toHaveTextContent('Left as they are: 1 paused.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Pause one task' }));
  const background = await screen.findByRole('list', { name: 'In the background' });
  expect(background).toHaveTextContent('Paused 1 of 2 · 1 left as they were');
  await userEvent.click(within(background).getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(background).toHaveTextContent('Resumed 1 of 1'));
  expect(screen.getByRole('region', { name: 'What you began' })).toHaveFocus();
  expect(calls.findLast(({ path }) => path === '/api/bulk')?.body).toEqual({ verb: 'resume', ids: [waiting.id] });
});

it('asks why before it dismisses', async () => {
  address = 'state=failed';
  const tasks = newestFirst(2, { state: 'failed' });
  const ids = [tasks[0]?.id];
  const calls = answerApi({
    'GET /api/tasks': { body: { tasks: tasks.slice(0, 1), nextCursor: null } },
    'GET /api/tasks/facets': { body: facets() },
    'POST /api/bulk/preview': preview({ failed: 1 }),
    'POST /api/bulk': { status: 202, body: operation({ verb: 'dismiss', total: 1, done: 1, state: 'completed' }) },
  });
  showList({ tasks, filter: { state: 'failed' } });
  await userEvent.click(boxes()[0] as HTMLElement);
  await press('Dismiss');
  const dialog = within(await screen.findByRole('dialog', { name: 'Dismiss one task?' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Dismiss one task' }));
  const reason = dialog.getByRole('textbox', { name: 'Reason' });
  expect(reason).toHaveAccessibleDescription('Say why, in a few words.');
  expect(calls.filter(({ path }) => path === '/api/bulk')).toEqual([]);
  await userEvent.type(reason, 'Known.');
  await userEvent.click(dialog.getByRole('button', { name: 'Dismiss one task' }));
  expect(await screen.findByText('Dismissed 1 of 1')).toBeInTheDocument();
  expect(calls.find(({ path }) => path === '/api/bulk')?.body).toEqual({
    verb: 'dismiss',
    ids,
    args: { reason: 'Known.' },
  });
});

it('brings dismissed tasks back where the list shows them', async () => {
  address = 'dismissed=true';
  const tasks = newestFirst(2, { state: 'failed' });
  const begun = operation({ verb: 'undismiss', total: 1, done: 1, state: 'completed' });
  const calls = answerApi({
    'GET /api/tasks': { body: { tasks, nextCursor: null } },
    'GET /api/tasks/facets': { body: facets() },
    'POST /api/bulk/preview': preview({ failed: 1 }),
    'POST /api/bulk': { status: 202, body: begun },
  });
  showList({ tasks, filter: { dismissed: 'true' } });
  await userEvent.click(boxes()[0] as HTMLElement);
  expect(within(await bar()).queryByRole('button', { name: 'Dismiss' })).not.toBeInTheDocument();
  await press('Bring back');
  const dialog = await screen.findByRole('dialog', { name: 'Bring back one task?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Bring back one task' }));
  expect(await screen.findByText('Brought back 1 of 1')).toBeInTheDocument();
  expect(calls.find(({ path }) => path === '/api/bulk')?.body).toEqual({ verb: 'undismiss', ids: [tasks[0]?.id] });
});

describe('the focus', () => {
  const begin = async () => {
    const tasks = scheduled(2);
    showList({ tasks });
    answerApi({
      'POST /api/bulk/preview': preview({ scheduled: 1 }),
      'POST /api/bulk': { status: 202, body: operation({ verb: 'cancel', total: 1, done: 0, state: 'running' }) },
    });
    await userEvent.click(boxes()[0] as HTMLElement);
    await press('Cancel');
    return within(await screen.findByRole('dialog', { name: 'Cancel one task?' }));
  };

  it('goes to what was begun: the bar where it was has gone', async () => {
    const dialog = await begin();
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel one task' }));
    await waitFor(() => expect(screen.getByRole('region', { name: 'What you began' })).toHaveFocus());
  });

  it('goes back to the button when nothing was begun', async () => {
    const dialog = await begin();
    await userEvent.click(dialog.getByRole('button', { name: 'Keep as they are' }));
    const button = within(await bar()).getByRole('button', { name: 'Cancel' });
    await waitFor(() => expect(button).toHaveFocus());
  });
});

it('says why an operation was refused, and keeps the selection', async () => {
  showList({ tasks: scheduled(2) });
  answerApi({
    'POST /api/bulk/preview': preview({ scheduled: 1 }),
    'POST /api/bulk': {
      status: 429,
      body: { detail: '50 bulk operations are under way.', code: 'rate_limited', hint: 'Wait until some have ended.' },
    },
  });
  await userEvent.click(boxes()[0] as HTMLElement);
  await press('Cancel');
  const dialog = await screen.findByRole('dialog', { name: 'Cancel one task?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel one task' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('50 bulk operations are under way.');
});
