import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Role } from '#lib/access/types';
import { answerApi } from '../testing/api.ts';
import { pool, worker } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import type { Fleet } from './calls.ts';
import { WorkersPage } from './workers-page.tsx';

// All is live: what is seen of a change is not seen because the page asks in its place.
jest.mock('../live/live-provider.tsx', () => ({
  ...jest.requireActual<object>('../live/live-provider.tsx'),
  useFallbackInterval: () => false,
}));

const show = (fleet: Partial<Fleet> = {}, role: Role = 'admin') =>
  renderPage(<WorkersPage initial={{ workers: [], pools: [], ...fleet }} />, { role });

/** What the API answers after a change. */
const then = (fleet: Partial<Fleet> = {}) => ({
  'GET /api/workers': { body: { workers: [], ...fleet } },
  'GET /api/pools': { body: { pools: [], ...fleet } },
});

const posts = (calls: ReturnType<typeof answerApi>) =>
  calls.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => [`${method} ${path}`, body]);

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));
async function choose(item: string) {
  await press('Actions for host-1 7');
  await userEvent.click(await screen.findByRole('menuitem', { name: item }));
}

it('shows how a worker is', () => {
  show({ workers: [worker({ running: 3, memoryBytes: 300 * 1024 * 1024, eventLoopLagMs: 84 })] });
  const row = within(screen.getByRole('list', { name: 'Workers' }));
  expect(row.getByText('3 of 20 slots')).toBeInTheDocument();
  expect(row.getByText('300 MB')).toBeInTheDocument();
  expect(row.getByText(/^84\sms$/)).toBeInTheDocument();
  expect(row.getByText(/Running · version 1\.0\.0 · default/)).toBeInTheDocument();
});

it('shows no more busy slots than there are: a task still runs while its end is being recorded', () => {
  show({ workers: [worker({ running: 23 }), worker({ id: 'worker-2', pid: 8, running: 5 })] });
  expect(screen.getByText('20 of 20 slots')).toBeInTheDocument();
  expect(screen.getByText('25 of 40 slots busy')).toBeInTheDocument();
});

it('counts the busy slots of the workers that take tasks', () => {
  show({ workers: [worker({ running: 3 }), worker({ id: 'worker-2', pid: 8, running: 19, state: 'draining' })] });
  expect(screen.getByText('3 of 20 slots busy')).toBeInTheDocument();
});

it.each([
  [{ alive: false }, /^Not responding/],
  [{ state: 'stopped', alive: false }, /^Stopped/],
  [{ state: 'draining' }, /^Finishing up/],
  [{ state: 'paused' }, /^Paused/],
  [{ healthy: false }, /^Takes no tasks/],
] as const)('says of a worker with %j that it is “%s”', (over, text) => {
  show({ workers: [worker(over)] });
  expect(screen.getByText(text)).toBeInTheDocument();
});

it('says when slots are held by code that did not stop', () => {
  show({ workers: [worker({ leaked: 2 })] });
  expect(screen.getByText(/2 slots are held by code that did not stop/)).toBeInTheDocument();
});

describe('as time goes by', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('sees that a worker has died, which nobody tells', async () => {
    answerApi(then({ workers: [worker({ alive: false })] }));
    show({ workers: [worker()] });
    expect(screen.queryByText(/^Not responding/)).toBeNull();
    await act(() => jest.advanceTimersByTimeAsync(11_000));
    expect(screen.getByText(/^Not responding/)).toBeInTheDocument();
  });
});

it('says what happens to tasks while no worker runs', () => {
  show();
  expect(screen.getByText(/Tasks are accepted and kept/)).toBeInTheDocument();
});

it.each(['viewer', 'operator'] as const)('shows a %s no control', (role) => {
  show({ workers: [worker()], pools: [pool()] }, role);
  expect(screen.queryAllByRole('button')).toEqual([]);
});

it('offers nothing to a worker that would not hear it', () => {
  show({ workers: [worker({ alive: false })], pools: [pool({ alive: false })] });
  expect(screen.queryAllByRole('button')).toEqual([]);
});

it.each([
  ['Pause', 'pause', 'running'],
  ['Resume', 'resume', 'paused'],
] as const)('“%s” tells the worker to %s', async (item, verb, state) => {
  const calls = answerApi({ [`POST /api/workers/worker-1/${verb}`]: { status: 202, body: {} }, ...then() });
  show({ workers: [worker({ state })] });
  await choose(item);
  await waitFor(() => expect(posts(calls)).toEqual([[`POST /api/workers/worker-1/${verb}`, undefined]]));
});

it.each([
  ['Drain …', 'Drain', 'drain', /finishes the 3 tasks it runs, and then ends for good/],
  ['Restart …', 'Restart', 'restart', /another one starts in its place/],
] as const)('“%s” says what will happen before it does it', async (item, action, verb, text) => {
  const calls = answerApi({ [`POST /api/workers/worker-1/${verb}`]: { status: 202, body: {} }, ...then() });
  show({ workers: [worker({ running: 3 }), worker({ id: 'worker-2', pid: 8 })] });
  await choose(item);
  expect(await screen.findByRole('alertdialog')).toHaveTextContent(text);
  expect(posts(calls)).toEqual([]);
  await press(action);
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(posts(calls)).toEqual([[`POST /api/workers/worker-1/${verb}`, undefined]]);
});

it.each(['Drain …', 'Set slots …'])('gives the focus back to the menu’s button when “%s” is not done', async (item) => {
  show({ workers: [worker()] });
  await choose(item);
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Actions for host-1 7' })).toHaveFocus());
});

it('warns before the last worker is ended', async () => {
  show({ workers: [worker(), worker({ id: 'worker-2', pid: 8, state: 'paused' })] });
  await choose('Drain …');
  expect(await screen.findByRole('alertdialog')).toHaveTextContent('It is the only worker that takes tasks');
});

it('sets the slots of one queue', async () => {
  const calls = answerApi({ 'PATCH /api/workers/worker-1': { status: 202, body: {} }, ...then() });
  show({ workers: [worker({ queueSlots: { default: 20, mail: 5 } })] });
  await choose('Set slots …');
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Queue' }), 'mail');
  await userEvent.type(screen.getByRole('textbox', { name: 'Tasks at once' }), '2');
  await press('Set slots');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(posts(calls)).toEqual([['PATCH /api/workers/worker-1', { slots: 2, queue: 'mail' }]]);
});

it('gives the slots back to the queue’s settings when the number is left empty', async () => {
  const calls = answerApi({ 'PATCH /api/workers/worker-1': { status: 202, body: {} }, ...then() });
  show({ workers: [worker()] });
  await choose('Set slots …');
  await userEvent.click(await screen.findByRole('button', { name: 'Set slots' }));
  await waitFor(() => expect(posts(calls)).toEqual([['PATCH /api/workers/worker-1', { slots: null }]]));
});

describe('a host', () => {
  it.each([
    ['One process more on host-1', 3],
    ['One process fewer on host-1', 1],
  ])('“%s” scales to %i', async (name, size) => {
    const calls = answerApi({ 'POST /api/pools/pool-1/scale': { status: 202, body: {} }, ...then() });
    show({ pools: [pool()] });
    await press(name);
    await waitFor(() => expect(posts(calls)).toEqual([['POST /api/pools/pool-1/scale', { size }]]));
  });

  it('cannot be scaled beyond its maximum', () => {
    show({ pools: [pool({ size: 4 })] });
    expect(screen.getByRole('button', { name: 'One process more on host-1' })).toBeDisabled();
  });

  it('is stopped once that is confirmed', async () => {
    const calls = answerApi({ 'POST /api/pools/pool-1/stop': { status: 202, body: {} }, ...then() });
    show({ pools: [pool()] });
    await press('Stop host-1');
    expect(await screen.findByRole('alertdialog')).toHaveTextContent('They finish what they run and then end.');
    await press('Stop them');
    await waitFor(() => expect(posts(calls)).toEqual([['POST /api/pools/pool-1/stop', undefined]]));
  });

  it('is started again', async () => {
    const calls = answerApi({ 'POST /api/pools/pool-1/start': { status: 202, body: {} }, ...then() });
    show({ pools: [pool({ size: 0, workers: 0 })] });
    await press('Start host-1');
    await waitFor(() => expect(posts(calls)).toEqual([['POST /api/pools/pool-1/start', undefined]]));
  });
});
