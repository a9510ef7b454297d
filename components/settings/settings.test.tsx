import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ApiKeyInfo, MemberInfo } from '#lib/access/types';
import { KeysPage } from '../keys/keys-page.tsx';
import { MembersPage } from '../members/members-page.tsx';
import { AppearanceProvider } from '../shell/appearance-provider.tsx';
import { defaultAppearance } from '../shell/appearance.ts';
import { answerApi } from '../testing/api.ts';
import { at, definition } from '../testing/factories.ts';
import { renderPage } from '../testing/render.tsx';
import { AppearancePage } from './appearance-page.tsx';
import { RetentionPage } from './retention-page.tsx';

const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
const admin = { role: 'admin' } as const;

describe('members', () => {
  const self: MemberInfo = { id: '1', email: 'ada@example.com', role: 'admin', createdAt: at(0) };
  const other: MemberInfo = { id: '2', email: 'bob@example.com', role: 'viewer', createdAt: at(0) };
  const listed = { 'GET /api/members': { body: { members: [self, other] } } };
  const show = () => renderPage(<MembersPage initial={[self, other]} />, admin);

  it('lets an admin change the others, not themselves', async () => {
    const calls = answerApi({ ...listed, 'PATCH /api/members/2': { body: { member: other, password: null } } });
    show();
    expect(screen.queryByRole('combobox', { name: 'Role of ada@example.com' })).toBeNull();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Role of bob@example.com' }), 'operator');
    await waitFor(() => expect(calls[0]).toMatchObject({ method: 'PATCH', body: { role: 'operator' } }));
  });

  it('shows the password of somebody new, once', async () => {
    const made = { member: { ...other, email: 'eve@example.com' }, password: 'p4ssw0rd' };
    const calls = answerApi({ ...listed, 'POST /api/members': { status: 201, body: made } });
    show();
    await press('Invite');
    await userEvent.type(screen.getByRole('textbox', { name: 'E-mail' }), 'eve@example.com');
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Invite' }));
    expect(await screen.findByText('p4ssw0rd')).toBeInTheDocument();
    expect(calls[0]).toMatchObject({ body: { email: 'eve@example.com', role: 'operator' } });
    await press('I have kept it');
    await waitFor(() => expect(screen.queryByText('p4ssw0rd')).toBeNull());
  });

  it('asks before it removes somebody, and says what stays', async () => {
    const calls = answerApi({ ...listed, 'DELETE /api/members/2': { status: 204 } });
    show();
    await press('Actions for bob@example.com');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    expect(await screen.findByText(/API keys that they made go on/)).toBeInTheDocument();
    expect(calls).toEqual([]);
    await press('Remove');
    await waitFor(() => expect(calls[0]).toMatchObject({ method: 'DELETE' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  });

  it('shows the new password of a member', async () => {
    answerApi({ ...listed, 'PATCH /api/members/2': { body: { member: other, password: 'n3w-one' } } });
    show();
    await press('Actions for bob@example.com');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Make a new password' }));
    await press('Make it');
    expect(await screen.findByText('n3w-one')).toBeInTheDocument();
  });
});

describe('API keys', () => {
  const key = (over: Partial<ApiKeyInfo> = {}): ApiKeyInfo => ({
    id: 'k1',
    name: 'Nightly',
    prefix: 'tdk_abcdef',
    role: 'operator',
    rateLimit: 600,
    createdBy: 'ada@example.com',
    createdAt: at(0),
    lastUsedAt: null,
    expiresAt: null,
    revokedAt: null,
    ...over,
  });
  const listed = { 'GET /api/keys': { body: { keys: [key()] } } };

  it('says what a key may do and when it was used', () => {
    renderPage(<KeysPage initial={[key()]} />, admin);
    const list = screen.getByRole('list', { name: 'API keys' });
    for (const text of ['Nightly', 'tdk_abcdef…', 'active', 'operator', '600 a minute', 'never', 'no end'])
      expect(list).toHaveTextContent(text);
  });

  it('shows a new key once', async () => {
    const calls = answerApi({ ...listed, 'POST /api/keys': { status: 201, body: { id: 'k2', key: 'tdk_secret' } } });
    renderPage(<KeysPage initial={[]} />, admin);
    await press('New key');
    await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Import');
    await userEvent.type(screen.getByRole('textbox', { name: 'Submits a minute' }), '60');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Valid for' }), '30 days');
    await press('Create');
    expect(await screen.findByText('tdk_secret')).toBeInTheDocument();
    const expiresAt = expect.stringMatching(/^\d{4}-/) as string;
    expect(calls[0]?.body).toEqual({ name: 'Import', role: 'operator', rateLimit: 60, expiresAt });
  });

  it('revokes a key after asking', async () => {
    const calls = answerApi({ ...listed, 'DELETE /api/keys/k1': { status: 204 } });
    renderPage(<KeysPage initial={[key()]} />, admin);
    await press('Revoke Nightly');
    expect(calls).toEqual([]);
    await press('Revoke');
    await waitFor(() => expect(calls[0]).toMatchObject({ method: 'DELETE', path: '/api/keys/k1' }));
  });

  it('says until when a key works', () => {
    renderPage(<KeysPage initial={[key({ expiresAt: '2099-12-03T12:00:00.000Z' })]} />, admin);
    expect(screen.getByText(/^until/)).toHaveTextContent(/until .*2099/);
  });

  it.each([
    ['revoked', { revokedAt: at(0) }],
    ['expired', { expiresAt: '2020-01-01T00:00:00.000Z' }],
  ])('says since when a key is %s, and offers no button', (state, over) => {
    renderPage(<KeysPage initial={[key(over)]} />, admin);
    expect(screen.getByRole('listitem')).toHaveTextContent(new RegExp(`tdk_abcdef… ?${state}`));
    expect(screen.getByText('Valid').nextElementSibling).toHaveTextContent(new RegExp(`^${state} .*(ago|now)$`));
    expect(screen.queryByRole('button', { name: /Revoke/ })).toBeNull();
  });
});

it('sets a retention in the unit that it was given in', async () => {
  const calls = answerApi({
    'PATCH /api/definitions/sendMessage': { body: {} },
    'GET /api/definitions': { body: { definitions: [definition()] } },
  });
  renderPage(<RetentionPage initial={[definition()]} />, admin);
  await press('Change retention of Send message');
  await userEvent.type(screen.getByRole('textbox', { name: 'For' }), '30');
  await press('Save');
  await waitFor(() => expect(calls[0]?.body).toEqual({ retentionMs: 30 * 86_400_000 }));
});

it('keeps a choice of appearance in the browser', async () => {
  renderPage(
    <AppearanceProvider initial={defaultAppearance}>
      <AppearancePage />
    </AppearanceProvider>,
    { role: 'viewer' },
  );
  await userEvent.click(screen.getByRole('radio', { name: 'Compact' }));
  await userEvent.click(screen.getByRole('radio', { name: 'Exact' }));
  expect(screen.getByRole('radio', { name: 'Compact' })).toBeChecked();
  expect(document.cookie).toContain('taskdeck-appearance=density=compact&times=exact&shortcuts=on');
});
