import { listAudit } from '#lib/audit/index';
import { closeEngine, openEngine, queueSettings, useEngine } from '#lib/queues/index';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { testEngines, useTestEngine } from '../../scripts/testing/engines.ts';
import { call, person, read, until } from '../api/testing.ts';
import type { Caller } from '../api/testing.ts';
import { GET, PUT } from './[[...path]]/route.ts';

let database: TestDatabase;
let admin: Caller;
beforeAll(async () => {
  database = await testDatabase();
  admin = await person(database, 'admin');
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

const get = (path: string, caller: Caller = admin, headers: Record<string, string> = {}) =>
  call(GET, path, { caller, headers });

test.each(['/board', '/board/queue/default'])('%s is the page, without any link to another host', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(200);
  const html = await response.text();
  // A link leaves the frame that the app shows the board in.
  expect(html).toContain('<base href="/board/" target="_top" />');
  expect(html).toContain('Taskdeck');
  expect(html).not.toMatch(/(?:href|src)="(?:https?:)?\/\//);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'self';");
  expect(policy).not.toMatch(/http|\*|unsafe-eval/);
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('every file that the page names is there', async () => {
  const html = await (await get('/board')).text();
  const files = [...html.matchAll(/(?:href|src)="(static\/[^"]+)"/g)].map((match) => match[1]);
  expect(files.length).toBeGreaterThan(4);
  for (const file of files) {
    const response = await get(`/board/${file}`);
    expect([file, response.status]).toEqual([file, 200]);
    expect(response.headers.get('content-type')).toMatch(/javascript|css|svg|png/);
  }
});

test.each([
  '/board/static/../../package.json',
  '/board/static/%2e%2e/%2e%2e/package.json',
  '/board/static/..%2f..%2fpackage.json',
])('no other file is: %s', async (path) => {
  const response = await get(path);
  expect(await response.text()).not.toContain('"dependencies"');
});

test('who is not signed in is sent to sign in from the page, and refused from the API', async () => {
  const page = await get('/board/queue/default?page=2', {}, { accept: 'text/html,*/*' });
  expect(page.status).toBe(303);
  expect(page.headers.get('location')).toBe('/sign-in?next=%2Fboard%2Fqueue%2Fdefault%3Fpage%3D2');
  expect((await get('/board/api/queues', {})).status).toBe(401);
  expect((await get('/board/static/favicon.ico', {})).status).toBe(401);
});

test('while the engine is away the page still comes, and its data is a 503', async () => {
  await closeEngine();
  useEngine(openEngine({ kind: 'redis', redisUrl: 'redis://127.0.0.1:9', prefix: 'away' }));
  expect((await get('/board')).status).toBe(200);
  expect((await get('/board/api/queues')).status).toBe(503);
});

describe.each(testEngines)('on %s', (kind) => {
  test('shows the queues and their jobs with a link to the task, follows new queues, and pauses', async () => {
    const engine = await useTestEngine(kind);
    await until(async () => (await engine.ping()).ok);
    const taskId = crypto.randomUUID();
    await engine.add('default', [{ taskId, gen: 1, name: 'say', priority: 0 }]);
    const queues = async (query = '') => JSON.stringify((await read(get(`/board/api/queues${query}`))).body);
    expect(await queues('?activeQueue=default&page=1')).toContain(`/tasks/${taskId}`);

    await database.sql`insert into queues (name) values (${`new-${kind}`})`;
    expect(await queues()).toContain(`"new-${kind}"`);
    await database.sql`delete from queues where name = ${`new-${kind}`}`;
    expect(await queues()).not.toContain(`"new-${kind}"`);

    const put = (headers: Caller) => call(PUT, '/board/api/queues/default/pause', { method: 'PUT', caller: headers });
    expect((await put({ ...admin, origin: 'https://evil.example' })).status).toBe(403);
    expect(await (await engine.queue('default')).isPaused()).toBe(false);
    expect((await put(admin)).status).toBeLessThan(300);
    expect(await (await engine.queue('default')).isPaused()).toBe(true);
  });

  test('what is paused or limited there is so in Postgres, by who did it', async () => {
    const engine = await useTestEngine(kind);
    await until(async () => (await engine.ping()).ok);
    const put = (what: string, json?: object) =>
      call(PUT, `/board/api/queues/default/${what}`, { method: 'PUT', caller: admin, json });
    await put('pause');
    await put('concurrency', { concurrency: 3 });
    await put('rate-limit', { max: 5, duration: 1_000 });
    const settings = async () => (await queueSettings()).find(({ name }) => name === 'default');
    expect(await settings()).toMatchObject({ paused: true, globalConcurrency: 3, rateLimit: { max: 5, perMs: 1_000 } });
    await put('resume');
    await put('concurrency', { concurrency: 0 });
    await put('rate-limit', { max: null });
    expect(await settings()).toMatchObject({ paused: false, globalConcurrency: null, rateLimit: null });
    const { entries } = await listAudit({ subject: 'queue:default', limit: 1 });
    expect(entries).toMatchObject([{ action: 'queue.update', name: expect.stringContaining('admin-') }]);
  });
});
