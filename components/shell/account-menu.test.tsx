import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { answerApi } from '../testing/api.ts';
import { renderPage } from '../testing/render.tsx';
import { AccountMenu } from './account-menu.tsx';

const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

async function fillIn(current: string, wanted: string, again = wanted) {
  renderPage(<AccountMenu />, { role: 'viewer' });
  await press('Account: ada@example.com');
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Change password' }));
  await userEvent.type(await screen.findByLabelText('Current password'), current);
  await userEvent.type(screen.getByLabelText('New password'), wanted);
  await userEvent.type(screen.getByLabelText('New password again'), again);
  await press('Change password');
}

it('changes the own password, and gives the focus back', async () => {
  const calls = answerApi({ 'POST /api/auth/change-password': { status: 204 } });
  await fillIn('the old one', 'the new one');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(calls[0]?.body).toEqual({ currentPassword: 'the old one', newPassword: 'the new one' });
  await waitFor(() => expect(screen.getByRole('button', { name: 'Account: ada@example.com' })).toHaveFocus());
});

it('sends nothing when the new password was not typed twice the same', async () => {
  const calls = answerApi({});
  await fillIn('the old one', 'the new one', 'the now one');
  expect(await screen.findByText('is not the same')).toBeInTheDocument();
  expect(screen.getByLabelText('New password again')).toHaveFocus();
  expect(calls).toEqual([]);
});

it('says at its field that the current password is not right', async () => {
  const errors = [{ pointer: '/currentPassword', message: 'is not right' }];
  answerApi({
    'POST /api/auth/change-password': { status: 422, body: { detail: 'Not right.', code: 'invalid', errors } },
  });
  await fillIn('a wrong one', 'the new one');
  expect(await screen.findByText('is not right')).toBeInTheDocument();
  expect(screen.getByLabelText('Current password')).toHaveFocus();
});
