import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { toast, Toaster } from 'sonner';
import type { Role } from '#lib/access/types';
import type { BulkOperation } from '#lib/bulk/types';
import type { DeadLetterGroup } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { answerApi } from '../testing/api.ts';
import { deadLetters, operation, summary } from '../testing/factories.ts';
import { newTestClient, renderPage } from '../testing/render.tsx';
import { DeadLettersPage } from './dead-letters-page.tsx';

type Shown = { groups?: DeadLetterGroup[]; nextCursor?: string | null; operations?: BulkOperation[]; role?: Role };

function show({ groups = [], nextCursor = null, operations = [], role = 'operator' }: Shown = {}) {
  const queryClient = newTestClient();
  renderPage(
    <>
      <DeadLettersPage initial={{ groups, nextCursor }} initialOperations={operations} />
      <Toaster />
    </>,
    { role, queryClient },
  );
  return { queryClient };
}

/** What the API answers after a change. */
const then = ({ groups = [], operations = [] }: Shown = {}) => ({
  'GET /api/dead-letters': { body: { groups, nextCursor: null } },
  'GET /api/bulk': { body: { operations, nextCursor: null } },
});

beforeEach(() => void toast.dismiss());

const group = deadLetters();
const posts = (calls: ReturnType<typeof answerApi>) => calls.filter(({ method }) => method === 'POST');
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
const inDialog = (name: string) => userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name }));

it('says what it would show when there is nothing', () => {
  show();
  expect(screen.getByText(/None has, or each was dealt with/)).toBeInTheDocument();
});

it('shows a cause with how often and in which definitions it came', () => {
  show({ groups: [deadLetters({ count: 1_234, definitions: ['importCsv', 'sendMessage'] })] });
  const row = within(screen.getByRole('list', { name: /Groups of dead letters/ }));
  expect(row.getByText('The mail server refused.')).toBeInTheDocument();
  expect(row.getByText(/importCsv, sendMessage/)).toBeInTheDocument();
  expect(row.getByText('1,234')).toBeInTheDocument();
});

it('opens a group to its tasks', async () => {
  const task = summary({ state: 'failed', errorMessage: 'The mail server refused.' });
  const calls = answerApi({ 'GET /api/tasks': { body: { tasks: [task], nextCursor: null } } });
  show({ groups: [group] });
  await userEvent.click(screen.getByRole('button', { expanded: false }));
  expect(await screen.findByRole('link', { name: /^sendMessage/ })).toHaveAttribute('href', `/tasks/${task.id}`);
  expect(calls[0]?.path).toContain(`fingerprint=${group.fingerprint}`);
  expect(screen.getByText('and 2 more')).toBeInTheDocument();
});

it('gives a viewer everything to read and nothing to press', () => {
  show({ groups: [group], operations: [operation()], role: 'viewer' });
  expect(screen.queryByRole('button', { name: /Redrive|Dismiss|Stop/ })).toBeNull();
  expect(screen.getByRole('progressbar')).toBeInTheDocument();
});

it('redrives a group at a rate and shows how far it is', async () => {
  const started = operation({ done: 1, total: 3 });
  const calls = answerApi({ 'POST /api/bulk': { status: 202, body: started }, ...then({ operations: [started] }) });
  show({ groups: [group] });
  await press('Redrive');
  const rate = await screen.findByRole('textbox', { name: 'Tasks a second' });
  await userEvent.clear(rate);
  await userEvent.type(rate, '2');
  await inDialog('Redrive');
  expect(await screen.findByText('Redriving 1 of 3')).toBeInTheDocument();
  expect(posts(calls).map(({ body }) => body)).toEqual([
    { verb: 'redrive', filter: { fingerprint: group.fingerprint, dismissed: false }, perSecond: 2 },
  ]);
});

it.each(['', '0', 'fast', '10001'])('starts nothing at the rate “%s”', async (text) => {
  const calls = answerApi(then());
  show({ groups: [group] });
  await press('Redrive');
  const rate = await screen.findByRole('textbox', { name: 'Tasks a second' });
  await userEvent.clear(rate);
  if (text) await userEvent.type(rate, text);
  await inDialog('Redrive');
  expect(rate).toHaveAttribute('aria-invalid', 'true');
  expect(posts(calls)).toEqual([]);
});

describe('a dismissal', () => {
  const begun = operation({ verb: 'dismiss' });
  const tasks = [summary({ state: 'failed' }), summary({ state: 'abandoned' })];
  const ids = tasks.map(({ id }) => id);
  const dismiss = async () => {
    await press('Dismiss');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Reason' }), 'Known.');
    await inDialog('Dismiss');
    expect(await screen.findByText('No dead letters')).toBeInTheDocument();
  };

  it('names the tasks of the group, with a reason', async () => {
    const calls = answerApi({
      'GET /api/tasks': { body: { tasks, nextCursor: null } },
      'POST /api/bulk': { status: 202, body: begun },
      ...then(),
    });
    show({ groups: [group] });
    await dismiss();
    expect(posts(calls).map(({ body }) => body)).toEqual([{ verb: 'dismiss', ids, args: { reason: 'Known.' } }]);
    expect(calls[0]?.path).toContain(`fingerprint=${group.fingerprint}&dismissed=false`);
  });

  it('is stopped and taken back from the toast', async () => {
    const conflict = { status: 409, body: { detail: 'It is completed.', code: 'conflict' } };
    const calls = answerApi({
      'GET /api/tasks': { body: { tasks, nextCursor: null } },
      'POST /api/bulk': { status: 202, body: begun },
      [`POST /api/bulk/${begun.id}/cancel`]: conflict,
      ...then(),
    });
    show({ groups: [group] });
    await dismiss();
    // jsdom knows no pointer capture, which sonner wants of a real press.
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('They are brought back.')).toBeInTheDocument();
    expect(posts(calls).slice(1)).toMatchObject([
      { path: `/api/bulk/${begun.id}/cancel` },
      { path: '/api/bulk', body: { verb: 'undismiss', ids } },
    ]);
  });

  it('of more than can be listed names the group', async () => {
    const page = Array.from({ length: 600 }, () => summary({ state: 'failed' }));
    const calls = answerApi({
      'GET /api/tasks': { body: { tasks: page, nextCursor: 'next' } },
      'POST /api/bulk': { status: 202, body: begun },
      ...then(),
    });
    show({ groups: [group] });
    await dismiss();
    expect(posts(calls)[0]?.body).toMatchObject({
      verb: 'dismiss',
      filter: { fingerprint: group.fingerprint, dismissed: false },
    });
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });
});

describe('the focus', () => {
  const heading = () => screen.getByRole('heading', { name: 'Dead letters' });
  const gone = () => waitFor(() => expect(screen.getByText('No dead letters')).toBeInTheDocument());

  it('goes to the heading when the group goes after a redrive', async () => {
    answerApi({ 'POST /api/bulk': { status: 202, body: operation() }, ...then() });
    show({ groups: [group] });
    await press('Redrive');
    await inDialog('Redrive');
    await gone();
    await waitFor(() => expect(heading()).toHaveFocus());
  });

  it('goes to the heading when the group goes while a dialog asks about it', async () => {
    answerApi(then());
    const { queryClient } = show({ groups: [group] });
    await press('Dismiss');
    await screen.findByRole('dialog');
    await act(() => queryClient.invalidateQueries({ queryKey: keys.deadLetters() }));
    await gone();
    await waitFor(() => expect(heading()).toHaveFocus());
  });

  it('goes to the heading when the group goes from under it', async () => {
    answerApi(then());
    const { queryClient } = show({ groups: [group] });
    act(() => screen.getByRole('button', { name: 'Dismiss' }).focus());
    await act(() => queryClient.invalidateQueries({ queryKey: keys.deadLetters() }));
    await gone();
    expect(heading()).toHaveFocus();
  });

  it('stays where it is when another group goes', async () => {
    const other = deadLetters({ fingerprint: 'fedcba9876543210', sampleMessage: 'Another.' });
    answerApi(then({ groups: [group] }));
    const { queryClient } = show({ groups: [group, other] });
    const [button] = screen.getAllByRole('button', { name: 'Dismiss' });
    act(() => button?.focus());
    await act(() => queryClient.invalidateQueries({ queryKey: keys.deadLetters() }));
    await waitFor(() => expect(screen.queryByText('Another.')).toBeNull());
    expect(button).toHaveFocus();
  });

  it('stays on the button when nothing was begun', async () => {
    show({ groups: [group] });
    await press('Redrive');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Redrive' })).toHaveFocus());
  });
});

it('asks for the reason of a dismissal', async () => {
  const calls = answerApi(then());
  show({ groups: [group] });
  await press('Dismiss');
  expect(await screen.findByRole('textbox', { name: 'Reason' })).toBeRequired();
  await inDialog('Dismiss');
  expect(await screen.findByText('Say why, in a few words.')).toBeInTheDocument();
  expect(posts(calls)).toEqual([]);
});

it('says why nothing was started', async () => {
  const body = {
    detail: '50 bulk operations are under way.',
    hint: 'Wait until some have ended.',
    code: 'rate_limited',
  };
  answerApi({ 'POST /api/bulk': { status: 429, body }, ...then({ groups: [group] }) });
  show({ groups: [group] });
  await press('Redrive');
  await inDialog('Redrive');
  expect(await screen.findByText('50 bulk operations are under way.')).toBeInTheDocument();
});

it('stops what goes on in the background', async () => {
  const running = operation({ done: 7, skipped: 1 });
  const stopped = { ...running, state: 'cancelled' as const, finishedAt: new Date().toISOString() };
  answerApi({ [`POST /api/bulk/${running.id}/cancel`]: { body: stopped }, ...then({ operations: [stopped] }) });
  show({ operations: [running] });
  expect(screen.getByText('Redriving 8 of 40')).toHaveTextContent('1 left as they were');
  await press('Stop');
  expect(await screen.findByText('Redriven 7 of 40')).toHaveTextContent('stopped');
});

it('shows what other programs have begun, too', () => {
  show({ operations: [operation({ verb: 'purge', done: 1, total: 1_200, totalCapped: true })] });
  expect(screen.getByText('Deleting 1 of 1,200 or more')).toBeInTheDocument();
});

it('leaves out what has nothing to do with dead letters', () => {
  show({ operations: [operation({ verb: 'archive' }), operation({ verb: 'pause' })] });
  expect(screen.queryByRole('list', { name: 'In the background' })).toBeNull();
});

it('leads to those that were dismissed', () => {
  show();
  expect(screen.getByRole('link', { name: 'Dismissed tasks' })).toHaveAttribute('href', '/tasks?dismissed=true');
});

it('forgets what ended long ago', () => {
  show({ operations: [operation({ state: 'completed', finishedAt: '2026-01-01T00:00:00.000Z' })] });
  expect(screen.queryByRole('list', { name: 'In the background' })).toBeNull();
});

it('loads more groups', async () => {
  const calls = answerApi({
    'GET /api/dead-letters': {
      body: { groups: [deadLetters({ fingerprint: 'fedcba9876543210', sampleMessage: 'Older.' })], nextCursor: null },
    },
  });
  show({ groups: [group], nextCursor: 'next' });
  await press('Load more');
  expect(await screen.findByText('Older.')).toBeInTheDocument();
  expect(calls[0]?.path).toBe('/api/dead-letters?cursor=next');
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull());
});
