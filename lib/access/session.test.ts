process.env.SUPABASE_URL = 'http://127.0.0.1:54321';
process.env.SUPABASE_PUBLISHABLE_KEY = 'sb_publishable_test';
process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:9/none';

import { readSession, sessionCookieName, sessionCookies } from './session.ts';
import type { Cookie, CookieToSet } from './session.ts';

const session = (length: number) => ({ accessToken: 'a'.repeat(length), refreshToken: 'r', expiresAt: 2_000_000_000 });

/** What a browser holds after an answer. */
function browser(before: Cookie[], set: CookieToSet[]): Cookie[] {
  const jar = new Map(before.map(({ name, value }) => [name, value]));
  for (const { name, value, options } of set) {
    if (options.maxAge === 0) jar.delete(name);
    else jar.set(name, value);
  }
  return [...jar].map(([name, value]) => ({ name, value }));
}

test('the name tells copies on one host apart', () => {
  expect(sessionCookieName()).toBe('taskdeck-session-127-0-0-1-54321');
});

test.each([100, 3_000, 9_000])('a session with a token of %i characters comes back', async (length) => {
  const set = sessionCookies(session(length), [], true);
  for (const { value, options } of set) {
    expect(value.length).toBeLessThan(3_600);
    expect(options).toEqual({ httpOnly: true, sameSite: 'lax', secure: true, path: '/', maxAge: 2_592_000 });
  }
  expect(await readSession(browser([], set))).toEqual(session(length));
});

test('a shorter session leaves no piece of a longer one, and signing out leaves none', async () => {
  const other = { name: 'theme', value: 'dark' };
  const long = browser([other], sessionCookies(session(9_000), [other], false));
  expect(long.length).toBeGreaterThan(3);
  const short = browser(long, sessionCookies(session(100), long, false));
  expect(await readSession(short)).toEqual(session(100));
  expect(browser(long, sessionCookies(null, long, false))).toEqual([other]);
  expect(browser(short, sessionCookies(null, short, false))).toEqual([other]);
});

test.each([
  '',
  'x',
  'base64-e30',
  Buffer.from('{}').toString('base64url'),
  Buffer.from('{"accessToken":1}').toString('base64url'),
  '%',
])('no session is read from %j', async (value) => {
  expect(await readSession([{ name: sessionCookieName(), value }])).toBeNull();
});

test('pieces of two sessions are no session', async () => {
  const one = browser([], sessionCookies(session(9_000), [], false));
  expect(await readSession(one.filter((cookie) => !cookie.name.endsWith('.1')))).toBeNull();
});
