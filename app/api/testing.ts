import { SignJWT } from 'jose';
import { createApiKey, ensureMember, sessionCookies } from '#lib/access/index';
import type { Role, Session } from '#lib/access/index';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { ensureUser } from '../../supabase/local/users.ts';
import type { DeclaredHandler } from './handle.ts';

// Set-up of the API's tests: callers of each kind, and a request as it arrives.

export const origin = 'http://deck.test:3000';

/** The headers that prove who asks; a person's also say that the page is ours. */
export type Caller = Record<string, string>;

/** A program with an API key of this role. */
export async function program(role: Role): Promise<Caller> {
  const { key } = await createApiKey({ name: `test ${role}`, role });
  return { authorization: `Bearer ${key}` };
}

/** A signed-in person; without a role one who has an account but is not a member. */
export async function person(database: TestDatabase, role: Role | null): Promise<Caller & { cookie: string }> {
  const email = `${role ?? 'nobody'}-${crypto.randomUUID()}@example.com`;
  const { id: userId } = await ensureUser({ adminUrl: database.adminUrl, email, password: 'a long password' });
  if (role) await ensureMember({ userId, email, role });
  return { cookie: await sessionCookie(userId, email), origin, 'sec-fetch-site': 'same-origin' };
}

/** The cookie header of a session whose token says this. */
export async function sessionCookie(userId: string, email: string, secondsLeft = 3_600): Promise<string> {
  const expiresAt = Math.floor(Date.now() / 1000) + secondsLeft;
  const accessToken = await new SignJWT({ role: 'authenticated', email })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience('authenticated')
    .setExpirationTime(expiresAt)
    .sign(new TextEncoder().encode(process.env.SUPABASE_JWT_SECRET));
  return cookieHeader({ accessToken, refreshToken: crypto.randomUUID(), expiresAt });
}

export const cookieHeader = (session: Session): string =>
  sessionCookies(session, [], false)
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');

type CallOptions = {
  method?: string;
  caller?: Caller;
  headers?: Record<string, string>;
  json?: unknown;
  body?: BodyInit;
  params?: Record<string, string>;
  /** Aborts when the client goes away. */
  signal?: AbortSignal;
};

/** Calls a route handler as Next does. */
export function call(handler: DeclaredHandler, path: string, options: CallOptions = {}): Promise<Response> {
  const { method = 'GET', caller = {}, headers = {}, json, body, params = {}, signal } = options;
  const request = new Request(`${origin}${path}`, {
    method,
    headers: {
      host: new URL(origin).host,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...caller,
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  });
  return handler(request, { params: Promise.resolve(params) });
}

/** Status, body and headers of an answer at once. */
export async function read(
  answer: Promise<Response>,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await answer;
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

/** Waits for what comes in its own time, like a connection; fails after five seconds. */
export async function until(check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 5_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
