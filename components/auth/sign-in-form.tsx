'use client';

import { type FormEvent, useId, useState } from 'react';
import { signIn } from '../api/calls.ts';
import { ApiError, describeError } from '../api/problem.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { Label } from '../ui/label.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';

/** What to say when signing in did not work. */
function explain(error: unknown): { title: string; hint: string | undefined } {
  if (!(error instanceof ApiError)) return describeError(error);
  if (error.code === 'unauthenticated')
    return { title: 'The e-mail address or password is not right.', hint: undefined };
  if (error.code === 'rate_limited') {
    const wait = error.retryAfterSeconds;
    return {
      title: 'Too many attempts.',
      hint: wait ? `Try again in ${waitText(wait)}.` : 'Try again in a few minutes.',
    };
  }
  return { title: error.message, hint: error.hint };
}

const waitText = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;

/** A full load follows, so that nothing of an earlier session stays in memory. */
const loadPage = (path: string): void => window.location.assign(path);

type SignInFormProps = { next: string; onSignedIn?: (next: string) => void };

export function SignInForm({ next, onSignedIn = loadPage }: SignInFormProps) {
  const id = useId();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget);
    setPending(true);
    setError(null);
    try {
      await signIn(String(form.get('email')), String(form.get('password')));
      onSignedIn(next);
    } catch (caught) {
      setError(caught);
      setPending(false);
    }
  };

  return (
    <form method="post" onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-4" aria-busy={pending}>
      <HydratedFieldset>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-email`}>E-mail</Label>
          <Input
            id={`${id}-email`}
            name="email"
            type="email"
            autoComplete="username"
            required
            autoFocus
            className="h-9"
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-password`}>Password</Label>
          <Input
            id={`${id}-password`}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            className="h-9"
          />
        </div>
        {error ? (
          <Notice tone="error" title={explain(error).title}>
            {explain(error).hint}
          </Notice>
        ) : null}
        <Button type="submit" variant="primary" size="lg" disabled={pending}>
          {pending ? <Spinner /> : null} Sign in
        </Button>
      </HydratedFieldset>
    </form>
  );
}
