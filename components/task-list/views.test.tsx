import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SavedView } from '#lib/views/types';
import { answerApi } from '../testing/api.ts';
import { facets, newestFirst, showList } from './testing.tsx';

let address = '';
jest.mock('next/navigation', () => ({ useSearchParams: () => new URLSearchParams(address) }));
// The pop-ups stand outside of the page; what they say is asked of the module.
jest.mock('sonner', () => ({ toast: { success: jest.fn(), error: jest.fn() } }));

const view = (over: Partial<SavedView> = {}): SavedView => ({
  id: 'view-1',
  name: 'Broken mails',
  query: 'state=failed&queue=mail',
  shared: false,
  own: true,
  ownerName: 'ada@example.com',
  createdAt: '2026-11-21T10:00:00.000Z',
  ...over,
});
const theirs = view({ id: 'view-2', name: 'What runs', query: 'state=running', shared: true, own: false });

/** The page with some tasks of the filter, and the views that the server keeps. */
function show(search: string, views: SavedView[], role: 'viewer' | 'operator' = 'operator') {
  address = search;
  window.history.replaceState(null, '', `/tasks?${search}`);
  const calls = answerApi({
    'GET /api/tasks': { body: { tasks: newestFirst(1), nextCursor: null } },
    'GET /api/tasks/facets': { body: facets() },
    'GET /api/views': { body: { views } },
    'POST /api/views': ({ body }) => ({ status: 201, body: view(body as Partial<SavedView>) }),
    'PATCH /api/views/view-1': { body: view() },
    'DELETE /api/views/view-1': { status: 204 },
  });
  showList({ role });
  return calls;
}

const openMenu = () => userEvent.click(screen.getByRole('button', { name: 'Saved views' }));
const choose = async (name: string) => userEvent.click(await screen.findByRole('menuitem', { name }));

it('opens a view with one click, one of the others too', async () => {
  show('', [view(), theirs]);
  await openMenu();
  expect(await screen.findByText('Shared with you')).toBeInTheDocument();
  await choose('What runs');
  expect(window.location.search).toBe('?state=running');
});

it('saves the filter and the order under a name', async () => {
  const calls = show('state=failed&sort=created', []);
  await openMenu();
  await choose('Save this view …');
  const dialog = await screen.findByRole('dialog', { name: 'Save this view' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(within(dialog).getByText('Give it a name.')).toBeInTheDocument();
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Mine');
  await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Share it with all members' }));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(dialog).not.toBeInTheDocument());
  expect(calls.find(({ method }) => method === 'POST')?.body).toEqual({
    name: 'Mine',
    query: 'state=failed&sort=created',
    shared: true,
  });
});

it('does not offer a viewer to share', async () => {
  show('state=failed', [], 'viewer');
  await openMenu();
  await choose('Save this view …');
  const dialog = await screen.findByRole('dialog', { name: 'Save this view' });
  expect(within(dialog).queryByRole('checkbox')).not.toBeInTheDocument();
});

it('renames and deletes views of one’s own', async () => {
  const calls = show('', [view(), theirs]);
  await openMenu();
  await choose('Rename or delete …');
  const dialog = await screen.findByRole('dialog', { name: 'Your views' });
  expect(within(dialog).getAllByRole('textbox')).toHaveLength(1);
  const name = within(dialog).getByRole('textbox', { name: 'Name of Broken mails' });
  await userEvent.clear(name);
  await userEvent.type(name, 'Mails{Enter}');
  await waitFor(() => expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ name: 'Mails' }));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete Broken mails' }));
  await waitFor(() => expect(calls.some(({ method }) => method === 'DELETE')).toBe(true));
});
