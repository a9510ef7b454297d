import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { roleIncludes, roles } from '#lib/access/index';
import type { Role } from '#lib/access/index';
import { closeEngine } from '#lib/queues/index';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { declared } from './handle.ts';
import type { DeclaredHandler } from './handle.ts';
import { call, person, program, read, sessionCookie } from './testing.ts';
import type { Caller } from './testing.ts';

const root = join(process.cwd(), 'app');
const unknownId = '0193e8a0-0000-7000-8000-000000000000';

type Route = { name: string; method: string; handler: DeclaredHandler; role: Role };
const routes: Route[] = [];
let database: TestDatabase;
const people = {} as Record<Role, Caller>;
const programs = {} as Record<Role, Caller>;

beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  for (const role of roles) {
    people[role] = await person(database, role);
    programs[role] = await program(role);
  }
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('/route.ts'),
  )) {
    for (const [method, handler] of Object.entries(
      (await import(join(root, file))) as Record<string, DeclaredHandler>,
    )) {
      const { role } = handler[declared];
      if (role !== 'public')
        routes.push({ name: `${method} /${file.replace('/route.ts', '')}`, method, handler, role });
    }
  }
  expect(routes.length).toBeGreaterThan(12);
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

const pathOf = (route: Route): string => route.handler[declared].route.replace('[id]', unknownId);
const statusOf = async (route: Route, caller: Caller, headers: Record<string, string> = {}): Promise<number> =>
  (await call(route.handler, pathOf(route), { method: route.method, caller, headers, params: { id: unknownId } }))
    .status;

test('nobody gets nothing', async () => {
  for (const route of routes) {
    const expected = route.method === 'GET' ? 401 : 403;
    expect([route.name, await statusOf(route, {})]).toEqual([route.name, expected]);
    expect([route.name, await statusOf(route, { origin: 'http://deck.test:3000' })]).toEqual([route.name, 401]);
    // A script whose variable is empty is told of its key, not of a browser's headers.
    expect([route.name, await statusOf(route, { authorization: 'Bearer ' })]).toEqual([route.name, 401]);
    expect([route.name, await statusOf(route, { authorization: `Bearer tdk_${'x'.repeat(43)}` })]).toEqual([
      route.name,
      401,
    ]);
    // What once told Next that its middleware had run already.
    expect([
      route.name,
      await statusOf(route, {
        'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
        origin: 'http://deck.test:3000',
      }),
    ]).toEqual([route.name, 401]);
  }
});

test.each(roles)('a %s may call exactly the routes of the role', async (role) => {
  for (const route of routes) {
    for (const [kind, caller] of [
      ['person', people[role]],
      ['program', programs[role]],
    ] as const) {
      const status = await statusOf(route, caller);
      // Realtime knows people only.
      const allowed = roleIncludes(role, route.role) && !(kind === 'program' && route.name.includes('realtime/token'));
      expect([route.name, kind, allowed ? status < 500 && status !== 401 && status !== 403 : status]).toEqual([
        route.name,
        kind,
        allowed ? true : 403,
      ]);
    }
  }
});

test.each<[string, Caller]>([
  ['nothing', {}],
  ['a browser that is not signed in', { origin: 'http://deck.test:3000' }],
  ['a wrong key', { authorization: 'Bearer tdk_wrong' }],
])('to %s a refusal says where keys are made', async (_, caller) => {
  const { POST } = await import('./tasks/route.ts');
  const { body } = await read(call(POST, '/api/tasks', { method: 'POST', caller }));
  expect(body.hint).toContain('made by an admin in Settings > API keys');
});

test('an account that is not a member gets nothing', async () => {
  const stranger = await person(database, null);
  for (const route of routes) expect([route.name, await statusOf(route, stranger)]).toEqual([route.name, 403]);
});

test('an expired or foreign session is none', async () => {
  const { id, email } = (
    await database.sql<{ id: string; email: string }[]>`select user_id as id, email from members where role = 'admin'`
  )[0] ?? { id: '', email: '' };
  const expired = await sessionCookie(id, email, -10);
  for (const route of routes)
    expect([route.name, await statusOf(route, { cookie: expired, origin: 'http://deck.test:3000' })]).toEqual([
      route.name,
      401,
    ]);
});

test('a bad API key is not made good by a session', async () => {
  for (const route of routes) {
    expect([route.name, await statusOf(route, { ...people.admin, authorization: 'Bearer tdk_wrong' })]).toEqual([
      route.name,
      401,
    ]);
  }
});

test('a scheme that is not ours leaves the session alone', async () => {
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    expect([route.name, await statusOf(route, { ...people.admin, authorization: 'Basic dXNlcjpwYXNz' })]).not.toEqual([
      route.name,
      401,
    ]);
  }
});

test.each<[string, Record<string, string>]>([
  ['another origin', { origin: 'https://evil.example' }],
  ['a null origin', { origin: 'null' }],
  ['another site', { origin: 'http://deck.test:3000', 'sec-fetch-site': 'cross-site' }],
  ['a sister site', { origin: 'http://deck.test:3000', 'sec-fetch-site': 'same-site' }],
])('a state change from %s is refused, board included; an API key needs no origin', async (_, headers) => {
  const admin = { cookie: people.admin.cookie ?? '' };
  for (const route of routes.filter(({ method }) => method !== 'GET')) {
    expect([route.name, await statusOf(route, admin, headers)]).toEqual([route.name, 403]);
    expect([route.name, await statusOf(route, admin)]).toEqual([route.name, 403]);
    expect([route.name, await statusOf(route, programs.admin, headers)]).not.toEqual([route.name, 403]);
  }
});

test('every answer carries the headers, and the caller its request id', async () => {
  for (const route of routes) {
    const response = await call(route.handler, pathOf(route), {
      method: route.method,
      headers: { 'x-request-id': 'my-request-1', 'x-forwarded-proto': 'https' },
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-request-id': 'my-request-1',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'strict-transport-security': 'max-age=31536000',
      'content-type': 'application/problem+json',
    });
  }
  const [route] = routes;
  if (!route) throw new Error('no routes');
  for (const bad of ['short', 'x'.repeat(65), 'has a space', '<script>']) {
    const response = await call(route.handler, pathOf(route), {
      method: route.method,
      headers: { 'x-request-id': bad },
    });
    expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(response.headers.get('strict-transport-security')).toBeNull();
  }
});

test('a wrong path is problem JSON too', async () => {
  const { GET } = await import('./[[...rest]]/route.ts');
  expect(await read(call(GET, '/api/nothing'))).toMatchObject({ status: 404, body: { code: 'not_found' } });
});
