process.env.SUPABASE_URL = 'http://127.0.0.1:54321';
process.env.SUPABASE_PUBLISHABLE_KEY = 'sb_publishable_test';
process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:9/none';

import { currentSession } from './refresh.ts';
import { readSession, sessionCookies } from './session.ts';

const now = () => Math.floor(Date.now() / 1000);
const cookiesFor = (refreshToken: string, secondsLeft: number) =>
  sessionCookies({ accessToken: 'old', refreshToken, expiresAt: now() + secondsLeft }, [], false).map(
    ({ name, value }) => ({ name, value }),
  );

const fetchMock = jest.spyOn(globalThis, 'fetch');
const answer = (status: number, body: unknown) =>
  fetchMock.mockImplementation(async () => Response.json(body, { status }));
const renewed = { access_token: 'new', refresh_token: 'next', expires_in: 3600 };

beforeEach(() => fetchMock.mockReset());
afterAll(() => fetchMock.mockRestore());

test('a session with time left is used as it is', async () => {
  expect(await currentSession(cookiesFor('fresh', 600), false)).toMatchObject({
    session: { accessToken: 'old' },
    set: [],
  });
  expect(fetchMock).not.toHaveBeenCalled();
});

test('no cookie, no session and no request', async () => {
  expect(await currentSession([], false)).toEqual({ session: null, set: [] });
  expect(fetchMock).not.toHaveBeenCalled();
});

test('many requests at once spend a refresh token once, and all get the new session', async () => {
  answer(200, renewed);
  const cookies = cookiesFor('shared', 30);
  const all = await Promise.all(Array.from({ length: 20 }, () => currentSession(cookies, true)));
  const late = await currentSession(cookies, true);
  expect(fetchMock).toHaveBeenCalledTimes(1);
  for (const { session, set } of [...all, late]) {
    expect(session).toMatchObject({ accessToken: 'new', refreshToken: 'next' });
    expect(await readSession(set)).toEqual(session);
    expect(set[0]?.options.secure).toBe(true);
  }
});

test('a refused refresh removes no cookie, and is not asked again and again', async () => {
  answer(400, { error_code: 'refresh_token_already_used' });
  const cookies = cookiesFor('refused', -10);
  for (let i = 0; i < 3; i += 1)
    expect(await currentSession(cookies, false)).toMatchObject({ session: { accessToken: 'old' }, set: [] });
  expect(fetchMock).toHaveBeenCalledTimes(1);
});

test('while Auth is away the old session stays, and the next request tries again', async () => {
  const cookies = cookiesFor('away', 30);
  fetchMock.mockRejectedValueOnce(new TypeError('fetch failed'));
  expect(await currentSession(cookies, false)).toMatchObject({ session: { accessToken: 'old' }, set: [] });
  answer(502, {});
  expect(await currentSession(cookies, false)).toMatchObject({ session: { accessToken: 'old' }, set: [] });
  answer(200, renewed);
  expect(await currentSession(cookies, false)).toMatchObject({ session: { accessToken: 'new' } });
  expect(fetchMock).toHaveBeenCalledTimes(3);
});
