import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { AuditEntry } from '#lib/audit/types';
import { answerApi } from '../testing/api.ts';
import { at } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { AuditPage } from './audit-page.tsx';
import { parseAuditFilter } from './filter.ts';

const replace = jest.fn();
jest.mock('next/navigation', () => ({ useRouter: () => ({ replace }) }));
afterEach(() => replace.mockReset());

const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  id: crypto.randomUUID(),
  at: at(0),
  actor: 'user:1',
  name: 'ada@example.com',
  action: 'queue.pause',
  subject: 'queue:mail',
  details: null,
  ...over,
});

const show = (entries: AuditEntry[], query = '', nextCursor: string | null = null) =>
  renderPage(
    <AuditPage
      filter={parseAuditFilter(new URLSearchParams(query))}
      initial={{ entries, nextCursor }}
      choices={{ actors: [{ ref: 'user:1', name: 'ada@example.com' }], actions: ['queue.pause', 'key.create'] }}
    />,
    { role: 'admin' },
  );

const list = () => within(screen.getByRole('list', { name: 'Entries, newest first' }));

it('says who did what to what', () => {
  show([entry(), entry({ actor: 'user:12345678-aaaa', name: null, subject: 'task:0198', action: 'task.cancel' })]);
  expect(list().getByText('ada@example.com')).toBeInTheDocument();
  expect(list().getByText('former member 678-aaaa')).toBeInTheDocument();
  expect(list().getByRole('link', { name: 'task 0198' })).toHaveAttribute('href', '/tasks/0198');
});

it('calls members and keys by their names', () => {
  show([entry({ action: 'member.remove', subject: 'member:0198', details: { email: 'bob@example.com' } })]);
  expect(list().getByRole('link', { name: 'member bob@example.com' })).toBeInTheDocument();
});

it('names what an operation over many tasks was to do, and how far it was when it was stopped', () => {
  const subject = 'bulk:0198';
  const cancelled = { verb: 'dismiss', done: 1, skipped: 0 };
  show([
    entry({ action: 'bulk.cancel', subject, details: cancelled }),
    entry({ action: 'bulk.start', subject, details: { verb: 'dismiss', reason: 'Known.', ids: 3, total: 3 } }),
    entry({ action: 'bulk.start', subject, details: { verb: 'retry', total: 10_000, more: true } }),
  ]);
  expect(list().getByText('dismiss 3 tasks')).toBeInTheDocument();
  expect(list().getByText('dismiss, stopped after one task')).toBeInTheDocument();
  expect(list().getByText('retry 10,000 or more tasks')).toBeInTheDocument();
});

it('shows a change as before and after', async () => {
  show([entry({ details: { email: 'b@example.com', before: { role: 'viewer' }, after: { role: 'admin' } } })]);
  await userEvent.click(screen.getByRole('button', { name: 'Details of queue.pause' }));
  expect(list().getByText('"viewer"')).toBeInTheDocument();
  expect(list().getByText('"admin"')).toBeInTheDocument();
  expect(list().getByText('b@example.com')).toBeInTheDocument();
});

it('shows hostile text as text', async () => {
  show([entry({ name: '<b>x</b>\u202e', details: { '<i>': '\u202egnp' } })]);
  expect(list().getByText('<b>x</b>\\u202e')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Details of queue.pause' }));
  expect(list().getByText('\\u202egnp')).toBeInTheDocument();
});

it('puts a filter into the address', async () => {
  show([entry()], 'actor=user%3A1');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'What' }), 'key.create');
  expect(replace).toHaveBeenLastCalledWith('/audit?actor=user%3A1&action=key.create', { scroll: false });
  await userEvent.type(screen.getByRole('textbox', { name: 'Of what' }), 'key:7{Enter}');
  expect(replace).toHaveBeenLastCalledWith('/audit?actor=user%3A1&subject=key%3A7', { scroll: false });
});

it('loads what is older, with the same filter', async () => {
  const calls = answerApi({
    'GET /api/audit': { body: { entries: [entry({ action: 'key.revoke' })], nextCursor: null } },
  });
  show([entry()], 'actor=user%3A1', 'cursor-1');
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await list().findByText('key.revoke')).toBeInTheDocument();
  expect(calls[0]?.path).toBe('/api/audit?actor=user%3A1&cursor=cursor-1');
});

it('says what to do when nothing fits', async () => {
  show([], 'action=key.create');
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(replace).toHaveBeenCalledWith('/audit');
});
