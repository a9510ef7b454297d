import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Role } from '#lib/access/types';
import type { QueueInfo } from '#lib/queues/types';
import { answerApi } from '../testing/api.ts';
import { queue } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { QueuesPage } from './queues-page.tsx';

const show = (over: Partial<QueueInfo> = {}, role: Role = 'admin') =>
  renderPage(
    <QueuesPage
      initial={[queue(over)]}
      initialRates={[{ queue: 'mail', submittedPerMinute: 40, endedPerMinute: 0.4 }]}
    />,
    { role },
  );

/** What the API answers after a change. */
const then = (over: Partial<QueueInfo> = {}) => ({ 'GET /api/queues': { body: { queues: [queue(over)] } } });

const row = () => within(screen.getByRole('list', { name: 'Queues' }));
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

it('shows what stands in a queue and how it is set', () => {
  show({
    waiting: 1_200,
    running: 7,
    globalConcurrency: 10,
    oldestWaitingSeconds: 90,
    rateLimit: { max: 5, perMs: 1_000 },
  });
  expect(row().getByText('1,200')).toBeInTheDocument();
  expect(row().getByText('7')).toHaveTextContent('7 of 10');
  expect(row().getByText(/^1\sm\s30\ss$/)).toBeInTheDocument();
  expect(row().getByText(/^5 starts per 1\ss$/)).toBeInTheDocument();
});

it('says how fast tasks come and go', () => {
  show();
  expect(row().getByText('40 per minute')).toBeInTheDocument();
  expect(row().getByText('0.4 per minute')).toBeInTheDocument();
});

it('leads to the tasks of a queue and to its Bull Board', () => {
  show();
  expect(screen.getByRole('link', { name: 'mail' })).toHaveAttribute('href', '/tasks?queue=mail');
  expect(screen.getByRole('link', { name: 'Bull Board of mail' })).toHaveAttribute(
    'href',
    '/queues/board?at=%2Fqueue%2Fmail',
  );
});

it('says what a queue has been told', () => {
  show({ paused: true, draining: true, serial: true });
  expect(row().getByText('paused')).toBeInTheDocument();
  expect(row().getByText('takes no new tasks')).toBeInTheDocument();
  expect(row().getByText('one at a time')).toBeInTheDocument();
});

it.each([
  ['Pause mail', 'pause', false],
  ['Resume mail', 'resume', true],
] as const)('“%s” asks for a %s and shows the answer', async (name, verb, paused) => {
  const calls = answerApi({ [`POST /api/queues/mail/${verb}`]: { body: {} }, ...then({ paused: !paused }) });
  show({ paused }, 'operator');
  await press(name);
  expect(await screen.findByRole('button', { name: paused ? 'Pause mail' : 'Resume mail' })).toBeInTheDocument();
  expect(calls[0]).toMatchObject({ method: 'POST' });
});

it('shows a viewer no control', () => {
  show({}, 'viewer');
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.queryByRole('link', { name: /Bull Board/ })).toBeNull();
});

it('shows an operator no settings', () => {
  show({}, 'operator');
  expect(screen.queryByRole('button', { name: /Settings|New queue/ })).toBeNull();
});

it('sends only what was changed', async () => {
  const calls = answerApi({ 'PATCH /api/queues/mail': { body: {} }, ...then({ concurrency: 3 }) });
  show();
  await press('Settings of mail');
  const field = await screen.findByRole('textbox', { name: 'Concurrency' });
  await userEvent.clear(field);
  await userEvent.type(field, '3');
  await userEvent.click(screen.getByRole('switch', { name: 'One at a time' }));
  await press('Save');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ concurrency: 3, serial: true });
});

it('gives the focus back to where it was when the settings are closed', async () => {
  show();
  await press('Settings of mail');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Settings of mail' })).toHaveFocus());
});

it('sends nothing when nothing was changed', async () => {
  const calls = answerApi({});
  show();
  await press('Settings of mail');
  await press('Save');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(calls).toEqual([]);
});

it('shows a refused setting at its field', async () => {
  const errors = [{ pointer: '/concurrency', message: 'must be at most 1,000' }];
  answerApi({
    'PATCH /api/queues/mail': { status: 422, body: { detail: 'Not valid.', code: 'invalid', errors } },
    ...then(),
  });
  show();
  await press('Settings of mail');
  await userEvent.type(screen.getByRole('textbox', { name: 'Concurrency' }), '000');
  await press('Save');
  expect(await screen.findByText('must be at most 1,000')).toBeInTheDocument();
  expect(screen.getByRole('textbox', { name: 'Concurrency' })).toHaveFocus();
});

it('makes a queue', async () => {
  const calls = answerApi({ 'POST /api/queues': { status: 201, body: {} }, ...then() });
  show();
  await press('New queue');
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'reports');
  await userEvent.type(screen.getByRole('textbox', { name: 'Waiting limit' }), '500');
  await press('Create');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({ name: 'reports', waitingLimit: 500 });
});

it('says why a queue cannot be made', async () => {
  const body = { detail: 'There is a queue "mail" already.', code: 'conflict' };
  answerApi({ 'POST /api/queues': { status: 409, body }, ...then() });
  show();
  await press('New queue');
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'mail');
  await press('Create');
  expect(await screen.findByText('There is a queue "mail" already.')).toBeInTheDocument();
});
