import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { answerApi } from '../testing/api.ts';
import { SignInForm } from './sign-in-form.tsx';

async function signInWith(answer: Parameters<typeof answerApi>[0][string]) {
  const calls = answerApi({ 'POST /api/auth/sign-in': answer });
  const onSignedIn = jest.fn();
  render(<SignInForm next="/tasks" onSignedIn={onSignedIn} />);
  await userEvent.type(screen.getByLabelText('E-mail'), 'ada@example.com');
  await userEvent.type(screen.getByLabelText('Password'), 'secret');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  return { calls, onSignedIn };
}

it('signs in and goes where the reader wanted to', async () => {
  const { calls, onSignedIn } = await signInWith({ status: 204 });
  expect(calls[0]?.body).toEqual({ email: 'ada@example.com', password: 'secret' });
  expect(onSignedIn).toHaveBeenCalledWith('/tasks');
});

it('does not tell a wrong address from a wrong password', async () => {
  await signInWith({ status: 401, body: { code: 'unauthenticated', detail: 'No such user.' } });
  expect(await screen.findByRole('alert')).toHaveTextContent('The e-mail address or password is not right.');
});

it('says how long to wait after too many attempts', async () => {
  await signInWith({ status: 429, body: { code: 'rate_limited' }, headers: { 'retry-after': '600' } });
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in 10 minutes.');
});

it('says when the server cannot be reached', async () => {
  await signInWith(() => Promise.reject(new TypeError('Failed to fetch')));
  expect(await screen.findByRole('alert')).toHaveTextContent('Taskdeck could not be reached.');
});
