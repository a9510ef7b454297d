import { appRoutes } from '@bull-board/api/dist/routes.js';
import { closeEngine } from '#lib/queues/index';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { call, origin, person, program } from '../api/testing.ts';
import type { Caller } from '../api/testing.ts';
import { DELETE, GET, PATCH, POST, PUT } from './[[...path]]/route.ts';

const board = { DELETE, GET, PATCH, POST, PUT };

// The list comes from Bull Board itself: what a new release adds is tried too.
const routes = [appRoutes.entryPoint, ...appRoutes.api].flatMap(({ method, route }) =>
  [method].flat().flatMap((method) =>
    [route].flat().map((route) => ({
      method: method.toUpperCase() as keyof typeof board,
      path: `/board${route.replaceAll(/:\w+/g, 'default')}`,
    })),
  ),
);

let database: TestDatabase;
const callers: Record<string, Caller> = {};
let admin: Caller & { cookie: string };
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  admin = await person(database, 'admin');
  for (const role of ['viewer', 'operator'] as const) {
    callers[`a ${role}`] = await person(database, role);
    callers[`a program that is ${role}`] = await program(role);
  }
  callers['an account that is no member'] = await person(database, null);
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

const statusOf = async ({ method, path }: (typeof routes)[number], caller: Caller): Promise<number> =>
  (await call(board[method], path, { method, caller })).status;

test('Bull Board has reading and writing routes, so that the rest of this file tries both', () => {
  expect(routes.filter(({ method }) => method === 'GET').length).toBeGreaterThan(5);
  expect(routes.filter(({ method }) => method !== 'GET').length).toBeGreaterThan(15);
});

test.each(routes)('$method $path is for admins', async (route) => {
  expect(await statusOf(route, { origin })).toBe(401);
  for (const [who, caller] of Object.entries(callers)) expect([who, await statusOf(route, caller)]).toEqual([who, 403]);
});

test.each(routes.filter(({ method }) => method !== 'GET'))(
  '$method $path is refused when another site asks it of an admin',
  async (route) => {
    const { cookie } = admin;
    const foreign: Caller[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const headers of foreign)
      expect([headers, await statusOf(route, { cookie, ...headers })]).toEqual([headers, 403]);
    expect(await statusOf(route, { cookie })).toBe(403);
  },
);
