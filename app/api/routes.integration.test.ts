import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maxFileBytes } from '#lib/files/index';
import { closeEngine } from '#lib/queues/index';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { POST as signInRoute } from './auth/sign-in/route.ts';
import { POST as signOutRoute } from './auth/sign-out/route.ts';
import { GET as definitions } from './definitions/route.ts';
import { GET as download } from './files/[id]/route.ts';
import { POST as upload } from './files/route.ts';
import { GET as health } from './health/route.ts';
import { GET as metrics } from './metrics/route.ts';
import { GET as overview } from './overview/route.ts';
import { GET as realtimeToken } from './realtime/token/route.ts';
import { call, cookieHeader, origin, person, program, read, until } from './testing.ts';
import type { Caller } from './testing.ts';

const metricsToken = 'a-token-for-prometheus';
let database: TestDatabase;
let operator: Caller;
let grant: { status: number; body: unknown } = { status: 400, body: {} };
const auth = createServer((_, response) =>
  response.writeHead(grant.status, { 'content-type': 'application/json' }).end(JSON.stringify(grant.body)),
);

beforeAll(async () => {
  database = await testDatabase();
  await new Promise<void>((resolve) => auth.listen(0, '127.0.0.1', resolve));
  process.env.SUPABASE_URL = `http://127.0.0.1:${(auth.address() as AddressInfo).port}`;
  process.env.TASKDECK_METRICS_TOKEN = metricsToken;
  const engine = await useTestEngine('redis');
  await until(async () => (await engine.ping()).ok);
  operator = await program('operator');
});
afterAll(async () => {
  await new Promise((resolve) => auth.close(resolve));
  await closeEngine();
  await database.drop();
});

describe('sign-in', () => {
  const signIn = (json: unknown, headers: Record<string, string> = { origin }) =>
    call(signInRoute, '/api/auth/sign-in', { method: 'POST', json, headers });
  const tokens = (cookie: string) => {
    const { accessToken } = JSON.parse(Buffer.from(cookie.split('=')[1] ?? '', 'base64url').toString()) as {
      accessToken: string;
    };
    return { status: 200, body: { access_token: accessToken, refresh_token: 'r1', expires_in: 3600 } };
  };

  test('sets a cookie that scripts cannot read and other sites do not send, and signs out again', async () => {
    const { cookie } = await person(database, 'viewer');
    grant = tokens(cookie);
    const response = await signIn({ email: 'a@example.com', password: 'x' }, { origin, 'x-forwarded-proto': 'https' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ member: { role: 'viewer' } });
    const [set = ''] = response.headers.getSetCookie();
    expect(set).toMatch(/^taskdeck-session-[^;]+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);

    grant = { status: 204, body: {} };
    const out = await call(signOutRoute, '/api/auth/sign-out', {
      method: 'POST',
      headers: { origin, cookie: set.split(';')[0] ?? '' },
    });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^taskdeck-session-[^=]+=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
  });

  test('a wrong password is 401 and sets nothing', async () => {
    grant = { status: 400, body: { error_code: 'invalid_credentials' } };
    const response = await signIn({ email: 'a@example.com', password: 'x' });
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test('another site cannot sign its visitor in', async () => {
    expect((await signIn({ email: 'a@example.com', password: 'x' }, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect((await signIn({ email: 'a@example.com', password: 'x' }, {})).status).toBe(403);
  });

  test('missing fields are named, and too many tries are 429 with Retry-After', async () => {
    expect((await read(signIn({ email: '' }))).body).toMatchObject({
      code: 'invalid',
      errors: [{ pointer: '/email' }, { pointer: '/password' }],
    });
    grant = { status: 400, body: {} };
    for (let i = 0; i < 5; i += 1) expect((await signIn({ email: 'b@example.com', password: 'x' })).status).toBe(401);
    const { status, headers } = await read(signIn({ email: 'b@example.com', password: 'x' }));
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('a session near its end is renewed by any API call', async () => {
    const { cookie, ...rest } = await person(database, 'viewer');
    grant = tokens(cookie);
    const { accessToken } = JSON.parse(Buffer.from(cookie.split('=')[1] ?? '', 'base64url').toString()) as {
      accessToken: string;
    };
    const old = cookieHeader({ accessToken, refreshToken: 'spend-me', expiresAt: Math.floor(Date.now() / 1000) + 10 });
    const response = await call(definitions, '/api/definitions', { caller: { ...rest, cookie: old } });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });
});

test("the live channels' token is the person's own, and no program has one", async () => {
  const viewer = await person(database, 'viewer');
  const { status, body } = await read(call(realtimeToken, '/api/realtime/token', { caller: viewer }));
  expect({ status, body }).toEqual({
    status: 200,
    body: { token: expect.stringMatching(/^ey/), expiresAt: expect.any(Number) },
  });
  expect(await read(call(realtimeToken, '/api/realtime/token', { caller: operator }))).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  });
});

test('definitions and overview have the shape the pages read', async () => {
  expect((await read(call(definitions, '/api/definitions', { caller: operator }))).body).toEqual({ definitions: [] });
  expect((await read(call(overview, '/api/overview?window=24h', { caller: operator }))).body).toEqual({
    counts: expect.objectContaining({ pending: 0, abandoned: 0 }),
    stats: expect.objectContaining({ window: '24h', totals: expect.objectContaining({ failed: 0 }), wait: null }),
    workers: [],
    queues: [expect.objectContaining({ queue: 'default', waiting: 0, endedPerMinute: 0 })],
    failures: [],
    longestRunning: [],
    dueNext: [],
  });
});

describe('files', () => {
  const send = (file: File | null, more: Record<string, string> = {}) => {
    const form = new FormData();
    if (file) form.set('file', file);
    for (const [name, value] of Object.entries(more)) form.set(name, value);
    return read(call(upload, '/api/files', { method: 'POST', caller: operator, body: form }));
  };
  const csv = (content: string, name = 'data.csv') => new File([content], name, { type: 'text/csv' });

  test('come back as they went, as a download that no browser runs', async () => {
    const content = 'id,name\n1,é"x\n';
    const { status, body, headers } = await send(csv(content, 'ünï "x";.csv'));
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: expect.any(String), size: Buffer.byteLength(content), mediaType: 'text/csv' });
    expect(headers.get('location')).toBe(`/api/files/${String(body.id)}`);
    const response = await call(download, `/api/files/${String(body.id)}`, {
      caller: operator,
      params: { id: String(body.id) },
    });
    expect(await response.text()).toBe(content);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv',
      'content-disposition': expect.stringMatching(/^attachment; filename\*=UTF-8''[A-Za-z0-9%._-]+$/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  test('without a file, or with more than one field, are refused', async () => {
    expect(await send(null)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/file' }] } });
    expect(await send(csv('a'), { more: 'x' })).toMatchObject({ status: 422 });
    expect((await send(new File(['MZ'], 'x.exe', { type: 'application/x-msdownload' }))).status).toBe(415);
  });

  test('take 10 MB and refuse a byte more', async () => {
    const row = 'a,b\n';
    const full = row.repeat(maxFileBytes / row.length);
    expect((await send(csv(full))).status).toBe(201);
    expect((await send(csv(`${full}x`))).status).toBe(413);
    expect((await send(csv(`${full}${'x'.repeat(100_000)}`))).status).toBe(413);
  });

  test.each(['0193e8a0-0000-7000-8000-000000000000', '../../etc/passwd'])('%s is not there', async (id) => {
    expect((await call(download, '/api/files/x', { caller: operator, params: { id } })).status).toBe(404);
  });
});

describe('metrics', () => {
  const scrape = (authorization: string) => call(metrics, '/api/metrics', { headers: { authorization } });

  test("are for Prometheus' token and for admins", async () => {
    const response = await scrape(`Bearer ${metricsToken}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await response.text()).toMatch(/http_request_duration_seconds_count\{[^}]*route="\/api\/files"/);
    expect((await call(metrics, '/api/metrics', { caller: await program('admin') })).status).toBe(200);
  });

  test.each(['', `${metricsToken}x`, metricsToken.slice(1), metricsToken.toUpperCase()])(
    'not for %j',
    async (token) => {
      expect((await scrape(`Bearer ${token}`)).status).toBe(401);
    },
  );

  test('the token opens nothing else', async () => {
    expect(
      (await call(definitions, '/api/definitions', { headers: { authorization: `Bearer ${metricsToken}` } })).status,
    ).toBe(401);
  });
});

test('health is public, names each part, and no address or version', async () => {
  const { status, body } = await read(call(health, '/api/health'));
  expect(status).toBe(200);
  // The tests' Postgres runs without fsync and no worker is there: it accepts, and says what is wrong.
  expect(body).toEqual({
    status: 'degraded',
    accepting: true,
    parts: {
      database: { ok: false, detail: expect.stringContaining('fsync is off') },
      queue: { ok: true, detail: 'redis answers' },
      workers: { ok: false, detail: expect.stringContaining('none is alive') },
      realtime: { ok: true, detail: 'answers' },
    },
  });
  expect(JSON.stringify(body)).not.toMatch(/\d+\.\d+|localhost|:\d{2,}/);
});
