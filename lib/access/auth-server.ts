import { z } from 'zod';
import { config } from '#lib/config';
import { TaskdeckError } from '#lib/errors';
import type { Session } from './session.ts';

// Plain requests rather than supabase-js: its client retries a refresh for half a minute and writes cookies by
// events, and a page has neither that time nor a place for them.

const answerSchema = z
  .object({
    access_token: z.string().min(1),
    refresh_token: z.string().min(1),
    expires_in: z.number(),
    expires_at: z.number().optional(),
  })
  .transform((token): Session => ({
    accessToken: token.access_token,
    refreshToken: token.refresh_token,
    expiresAt: token.expires_at ?? Math.floor(Date.now() / 1000) + token.expires_in,
  }));

const timeoutMs = 8_000;

/**
 * Signs in at Supabase Auth.
 *
 * @returns null when address and password do not fit.
 * @throws TaskdeckError `unavailable` or `rate_limited` when Auth cannot say.
 */
export const passwordGrant = (email: string, password: string): Promise<Session | null> =>
  token('password', { email, password });

/** A new session for the refresh token; null when Auth refuses the token. Throws like `passwordGrant`. */
export const refreshGrant = (refreshToken: string): Promise<Session | null> =>
  token('refresh_token', { refresh_token: refreshToken });

/** Ends the session that the access token belongs to, and no other of the same person. Throws like `passwordGrant`. */
export async function endSession(accessToken: string): Promise<void> {
  await post('logout?scope=local', undefined, { authorization: `Bearer ${accessToken}` });
}

async function token(grant: string, body: Record<string, string>): Promise<Session | null> {
  const response = await post(`token?grant_type=${grant}`, body);
  if (response.ok) return answerSchema.parse(await response.json());
  if (response.status === 429) {
    throw new TaskdeckError('rate_limited', 'Supabase Auth takes no more sign-ins for the moment.', {
      retryAfterSeconds: 60,
    });
  }
  return null;
}

async function post(
  path: string,
  body: Record<string, string> | undefined,
  headers: Record<string, string> = {},
): Promise<Response> {
  const { SUPABASE_URL, SUPABASE_PUBLISHABLE_KEY } = config();
  const unavailable = (cause: unknown) =>
    new TaskdeckError('unavailable', 'Supabase Auth does not answer.', { retryAfterSeconds: 5, cause });
  let response: Response;
  try {
    response = await fetch(`${SUPABASE_URL.replace(/\/+$/, '')}/auth/v1/${path}`, {
      method: 'POST',
      headers: { apikey: SUPABASE_PUBLISHABLE_KEY, 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
      redirect: 'error',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    throw unavailable(cause);
  }
  if (response.status >= 500) throw unavailable(new Error(`auth/v1/${path} answered ${response.status}`));
  return response;
}
