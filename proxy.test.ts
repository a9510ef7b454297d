process.env.SUPABASE_URL = 'http://127.0.0.1:54321';
process.env.SUPABASE_PUBLISHABLE_KEY = 'sb_publishable_test';
process.env.DATABASE_URL = 'postgres://nobody@127.0.0.1:9/none';

import { NextRequest } from 'next/server';
import { readSession, sessionCookies } from '#lib/access/index';
import { config, proxy } from './proxy.ts';

const request = (headers: Record<string, string> = {}, path = '/tasks?state=failed') =>
  new NextRequest(`http://localhost:3000${path}`, { headers: { host: 'localhost:3000', ...headers } });
const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';
/** What Next hands to the page: the request's headers as the proxy changed them. */
const forwarded = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

test('each page has a nonce of its own, in the policy and for Next', async () => {
  const [one, two] = [await proxy(request()), await proxy(request())];
  const nonce = /'nonce-([A-Za-z0-9+/]{24})'/.exec(policyOf(one))?.[1];
  expect(nonce).toBeDefined();
  expect(forwarded(one, 'x-nonce')).toBe(nonce);
  expect(forwarded(one, 'content-security-policy')).toBe(policyOf(one));
  expect(policyOf(two)).not.toContain(nonce);
});

test('the policy lets nothing inline run and nothing outside be reached but Supabase', async () => {
  const policy = policyOf(await proxy(request()));
  expect(policy.replace(/'nonce-[^']+'/, "'nonce'")).toBe(
    "default-src 'self'; script-src 'self' 'nonce' 'strict-dynamic'; style-src 'self' 'unsafe-inline'; " +
      "connect-src 'self' http://127.0.0.1:54321 ws://127.0.0.1:54321; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; " +
      "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'",
  );
});

test('for a browser in the network Supabase has the name it asked by, and no header can add a source', async () => {
  expect(policyOf(await proxy(request({ host: '192.168.1.20:3000' })))).toContain(
    'http://192.168.1.20:54321 ws://192.168.1.20:54321;',
  );
  expect(policyOf(await proxy(request({ host: 'evil.example; script-src *' })))).toContain(
    "connect-src 'self' http://127.0.0.1:54321 ws",
  );
});

test('headers for every page, and HSTS only where there is TLS', async () => {
  const plain = await proxy(request({ 'x-request-id': 'my-request-1' }));
  expect(Object.fromEntries(plain.headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'x-request-id': 'my-request-1',
  });
  expect(plain.headers.get('strict-transport-security')).toBeNull();
  expect(
    (await proxy(request({ 'x-forwarded-proto': 'https' }))).headers.get('strict-transport-security'),
  ).not.toBeNull();
});

test('the page learns its path from us, not from the sender', async () => {
  const response = await proxy(
    request({ 'x-taskdeck-path': '//evil.example', 'x-nonce': 'mine', 'x-request-id': 'bad id' }),
  );
  expect(forwarded(response, 'x-taskdeck-path')).toBe('/tasks?state=failed');
  expect(forwarded(response, 'x-nonce')).not.toBe('mine');
  expect(forwarded(response, 'x-request-id')).toMatch(/^[\w-]{36}$/);
});

test('a renewed session reaches the page and the browser', async () => {
  const fetchMock = jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => Response.json({ access_token: 'new', refresh_token: 'next', expires_in: 3600 }));
  const old = { accessToken: 'o'.repeat(9_000), refreshToken: 'spend', expiresAt: Math.floor(Date.now() / 1000) + 10 };
  const cookie = ['theme=dark', ...sessionCookies(old, [], false).map(({ name, value }) => `${name}=${value}`)].join(
    '; ',
  );
  const response = await proxy(request({ cookie }));
  fetchMock.mockRestore();

  const seen = (forwarded(response, 'cookie') ?? '')
    .split('; ')
    .map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1) }));
  expect(await readSession(seen)).toMatchObject({ accessToken: 'new', refreshToken: 'next' });
  expect(seen).toContainEqual({ name: 'theme', value: 'dark' });
  const set = response.headers.getSetCookie();
  expect(set.filter((line) => line.includes('Max-Age=0')).length).toBeGreaterThan(2);
  expect(set.filter((line) => line.includes('Max-Age=2592000') && line.includes('HttpOnly'))).toHaveLength(1);
});

test.each([
  ['/', true],
  ['/tasks', true],
  ['/sign-in', true],
  ['/boards', true],
  ['/apis', true],
  ['/api/tasks', false],
  ['/api', false],
  ['/board', false],
  ['/board/queue/x', false],
  ['/_next/static/x.js', false],
])('it runs for %s: %s', (path, runs) => {
  expect(new RegExp(`^${config.matcher[0]}$`).test(path)).toBe(runs);
});
