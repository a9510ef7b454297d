import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Role } from '#lib/access/types';
import { answerApi } from '../testing/api.ts';
import { definition, queue, summary } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { Palette } from './palette.tsx';

const push = jest.fn();
jest.mock('next/navigation', () => ({ useRouter: () => ({ push }), usePathname: () => '/' }));
afterEach(() => push.mockReset());

const found = summary({ definition: 'importCsv', state: 'failed' });

function show(role: Role = 'operator', answers: Parameters<typeof answerApi>[0] = {}) {
  const close = jest.fn();
  const help = jest.fn();
  const calls = answerApi({
    'GET /api/definitions': { body: { definitions: [definition()] } },
    'GET /api/queues': { body: { queues: [queue()] } },
    'GET /api/tasks': { body: { tasks: [found], nextCursor: null } },
    ...answers,
  });
  renderPage(<Palette onOpenChange={close} onHelp={help} returnFocus={{ current: null }} />, { role });
  return { calls, close, help };
}

const type = (text: string) => userEvent.type(screen.getByRole('combobox', { name: 'Search or jump to' }), text);

it('leads to a page by a few letters and Enter', async () => {
  const { close } = show();
  await type('dead{Enter}');
  expect(push).toHaveBeenCalledWith('/dead-letters');
  expect(close).toHaveBeenCalledWith(false);
});

it('walks by the arrows and announces where it is', async () => {
  show();
  await screen.findByRole('option', { name: /New task: Send message/ });
  await type('send{ArrowDown}');
  expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Send message (sendMessage)');
  await userEvent.keyboard('{Enter}');
  expect(push).toHaveBeenCalledWith('/definitions/sendMessage');
});

it('shows the newest tasks, and those that a text finds', async () => {
  const { calls } = show();
  expect(await screen.findByRole('option', { name: /importCsv.*failed/ })).toBeInTheDocument();
  await type('payload.user.id:42');
  await waitFor(() => expect(calls.map(({ path }) => path)).toContain('/api/tasks?limit=6&q=payload.user.id%3A42'));
});

it('opens a task by its ID', async () => {
  const id = '0198c0de-0000-7000-8000-000000000001';
  show('viewer', { [`GET /api/tasks/${id}`]: { body: { ...found, id, definition: 'byId' } } });
  await userEvent.click(screen.getByRole('combobox'));
  await userEvent.paste(id);
  await userEvent.click(await screen.findByRole('option', { name: /byId/ }));
  expect(push).toHaveBeenCalledWith(`/tasks/${id}`);
});

it('says when nothing is found, also where the search cannot be read', async () => {
  const detail = 'The search ends in the middle of a quotation.';
  show('viewer', {
    'GET /api/tasks': ({ path }) => (path.includes('q=') ? { status: 422, body: { detail } } : { body: { tasks: [] } }),
  });
  await type('"zzz');
  expect(await screen.findByText('Nothing is found by that name.')).toBeInTheDocument();
});

it('pauses a queue', async () => {
  const { calls } = show('operator', { 'POST /api/queues/mail/pause': { body: {} } });
  await screen.findByRole('option', { name: 'Pause queue mail' });
  await type('pause mail{Enter}');
  await waitFor(() =>
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toContain('POST /api/queues/mail/pause'),
  );
});

it('offers a viewer nothing that changes anything', async () => {
  show('viewer');
  expect(await screen.findByRole('option', { name: 'Tasks of queue mail' })).toBeInTheDocument();
  expect(screen.queryByRole('option', { name: /Pause|New task/ })).toBeNull();
});

it('opens the help', async () => {
  const { help } = show();
  await type('keyboard{Enter}');
  expect(help).toHaveBeenCalled();
});
