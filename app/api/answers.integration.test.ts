import { z } from 'zod';
import { closeEngine } from '#lib/queues/index';
import { defineTask } from '#lib/tasks/define';
import { publishDefinitions } from '#lib/tasks/index';
import { registerPool, registerWorker } from '#lib/workers/index';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { insertTask } from '../../lib/tasks/testing/insert.ts';
import { testDatabase } from '../../scripts/testing/database.ts';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { declared } from './handle.ts';
import { type RouteModule, routes } from './routes.ts';
import { call, type Caller, program } from './testing.ts';

// What the API answers is what its document says: every field is documented, and every documented field is there.

let database: TestDatabase;
let caller: Caller;
/** The ids that paths need, by the first word of the path. */
const ids: Record<string, string> = {};
const checked = new Set<string>();

beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('postgres');
  const payload = z.strictObject({ name: z.string() });
  await publishDefinitions([defineTask({ name: 'greet', title: 'Greet', payload, run: async () => null })]);
  const worker = { id: crypto.randomUUID(), host: 'h', pid: 1, version: '1', poolId: null };
  await registerWorker(worker);
  await registerPool({ id: crypto.randomUUID(), host: 'h', pid: 1, size: 1, minSize: 1, maxSize: 2 });
  caller = await program('admin');
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

/** Calls the route and holds the answer against its declaration. */
async function expectDeclared(
  method: keyof RouteModule,
  route: string,
  options: { json?: unknown; body?: BodyInit; query?: string } = {},
) {
  const handler = routes.flatMap((one) => one[method] ?? []).find((one) => one[declared].route === route);
  if (!handler) throw new Error(`there is no ${method} ${route}`);
  const params = { id: ids[route.split('/')[2] ?? ''] ?? '', name: ids[route.split('/')[2] ?? ''] ?? '' };
  const path = route.replace('[id]', params.id).replace('[name]', params.name) + (options.query ?? '');
  const response = await call(handler, path, { method, caller, params, ...options });
  const { doc } = handler[declared];
  const body: unknown = doc?.response instanceof z.ZodType ? await response.json() : null;
  expect({ status: response.status, body }).toMatchObject({ status: doc?.status ?? 200 });
  if (doc?.response instanceof z.ZodType) expect(doc.response.parse(body)).toEqual(body);
  checked.add(`${method} ${route}`);
  return body as Record<string, never>;
}

test('tasks', async () => {
  const json = { definition: 'greet', payload: { name: 'Ada' }, delayMs: 3_600_000, metadata: { tenant: 't' } };
  ids.tasks = z.object({ id: z.uuid() }).parse(await expectDeclared('POST', '/api/tasks', { json })).id;
  await expectDeclared('POST', '/api/tasks/batch', { json: { tasks: [json, json] } });
  await expectDeclared('GET', '/api/tasks');
  await expectDeclared('GET', '/api/tasks/[id]/wait', { query: '?timeoutMs=0' });
  await expectDeclared('POST', '/api/tasks/[id]/pause');
  await expectDeclared('POST', '/api/tasks/[id]/resume');
  await expectDeclared('POST', '/api/tasks/[id]/cancel');
  await expectDeclared('POST', '/api/tasks/[id]/retry');
  await expectDeclared('POST', '/api/tasks/[id]/cancel');
  await expectDeclared('POST', '/api/tasks/[id]/redrive', { json: { payload: { name: 'Bob' } } });
  await expectDeclared('POST', '/api/tasks/[id]/cancel');
  await expectDeclared('POST', '/api/tasks/[id]/archive');
  await expectDeclared('POST', '/api/tasks/[id]/unarchive');
  await expectDeclared('GET', '/api/tasks/[id]');
  await expectDeclared('GET', '/api/tasks/[id]/revisions');
  await expectDeclared('GET', '/api/tasks/[id]/audit');
  await expectDeclared('GET', '/api/audit');
  await expectDeclared('GET', '/api/tasks/facets');
  await expectDeclared('GET', '/api/tasks/suggest', { query: '?q=st' });
  await expectDeclared('GET', '/api/tasks/export', { query: '?format=json' });
  await expectDeclared('GET', '/api/tasks/[id]/graph');
});

test('saved views', async () => {
  const json = { name: 'Failed', query: 'state=failed' };
  ids.views = (await expectDeclared('POST', '/api/views', { json })).id ?? '';
  await expectDeclared('GET', '/api/views');
  await expectDeclared('PATCH', '/api/views/[id]', { json: { name: 'Broken' } });
  await expectDeclared('DELETE', '/api/views/[id]');
});

test('templates', async () => {
  const json = { definition: 'greet', name: 'Ada', payload: { name: 'Ada' } };
  ids.templates = (await expectDeclared('POST', '/api/templates', { json })).id ?? '';
  await expectDeclared('GET', '/api/templates', { query: '?definition=greet' });
  await expectDeclared('PATCH', '/api/templates/[id]', { json: { name: 'Countess' } });
  await expectDeclared('DELETE', '/api/templates/[id]');
});

test('members and keys', async () => {
  await expectDeclared('GET', '/api/members');
  ids.keys = (await expectDeclared('POST', '/api/keys', { json: { name: 'CI', role: 'operator' } })).id ?? '';
  await expectDeclared('GET', '/api/keys');
  await expectDeclared('DELETE', '/api/keys/[id]');
  await expectDeclared('GET', '/api/audit/actions');
});

test('a task that failed, with its attempts and lines', async () => {
  const cause = { name: 'Error', message: 'why' };
  const error = { name: 'Error', message: 'no', stack: 'at x', cause, retryable: false };
  const retry = { attempts: 1, backoff: { type: 'fixed', delay: 0, max: 0, jitter: false } };
  ids.tasks = await insertTask({ state: 'failed', error, error_fingerprint: '0123456789abcdef' });
  await database.sql`update tasks set retry = ${database.sql.json(retry)} where id = ${ids.tasks}`;
  await database.sql`
    insert into task_attempts (task_id, fence, attempt, outcome, worker_id, ready_at, started_at, finished_at, error)
    select id, 1, 1, 'failure', 'w', now(), now(), now(), error from tasks where id = ${ids.tasks}`;
  await database.sql`
    insert into task_logs (task_id, seq, attempt, at, level, message) values (${ids.tasks}, 1000001, 1, now(), 'info', 'x')`;
  await expectDeclared('GET', '/api/tasks/[id]');
  await expectDeclared('GET', '/api/tasks/[id]/logs');
  await expectDeclared('GET', '/api/dead-letters');
  await expectDeclared('POST', '/api/tasks/[id]/dismiss', { json: { reason: 'seen' } });
  await expectDeclared('POST', '/api/tasks/[id]/undismiss');
});

test('bulk operations', async () => {
  const json = { filter: { states: ['failed'] } };
  await expectDeclared('POST', '/api/bulk/preview', { json });
  const operation = await expectDeclared('POST', '/api/bulk', { json: { ...json, verb: 'archive' } });
  ids.bulk = operation.id ?? '';
  await expectDeclared('GET', '/api/bulk');
  await expectDeclared('GET', '/api/bulk/[id]');
  await expectDeclared('POST', '/api/bulk/[id]/cancel');
  await expectDeclared('POST', '/api/tasks/purge', { json: { olderThanMs: 0 } });
});

test('definitions, queues, workers and the rest', async () => {
  ids.definitions = 'greet';
  await expectDeclared('GET', '/api/definitions');
  await expectDeclared('GET', '/api/definitions/[name]/recent-payloads');
  await expectDeclared('PATCH', '/api/definitions/[name]', { json: { retentionMs: 86_400_000 } });
  await expectDeclared('POST', '/api/definitions/[name]/deactivate');
  await expectDeclared('POST', '/api/definitions/[name]/activate');
  ids.queues = 'mail';
  await expectDeclared('POST', '/api/queues', { json: { name: 'mail' } });
  await expectDeclared('GET', '/api/queues');
  await expectDeclared('GET', '/api/queues/[name]');
  await expectDeclared('PATCH', '/api/queues/[name]', { json: { concurrency: 3 } });
  await expectDeclared('POST', '/api/queues/[name]/pause');
  await expectDeclared('POST', '/api/queues/[name]/resume');
  await expectDeclared('POST', '/api/queues/[name]/drain');
  const { workers } = z
    .object({ workers: z.array(z.object({ id: z.string() })) })
    .parse(await expectDeclared('GET', '/api/workers'));
  ids.workers = workers[0]?.id ?? '';
  for (const verb of ['pause', 'resume', 'restart', 'drain'] as const)
    await expectDeclared('POST', `/api/workers/[id]/${verb}`);
  await expectDeclared('PATCH', '/api/workers/[id]', { json: { slots: 2 } });
  const { pools } = z
    .object({ pools: z.array(z.object({ id: z.string() })) })
    .parse(await expectDeclared('GET', '/api/pools'));
  ids.pools = pools[0]?.id ?? '';
  await expectDeclared('POST', '/api/pools/[id]/scale', { json: { size: 2 } });
  await expectDeclared('POST', '/api/pools/[id]/stop');
  await expectDeclared('POST', '/api/pools/[id]/start');
  const form = new FormData();
  form.set('file', new File(['a,b'], 'x.csv', { type: 'text/csv' }));
  ids.files = (await expectDeclared('POST', '/api/files', { body: form })).id ?? '';
  await expectDeclared('GET', '/api/files/[id]');
  await expectDeclared('GET', '/api/overview');
  await expectDeclared('GET', '/api/stats');
  await expectDeclared('GET', '/api/stats/queues');
  await expectDeclared('GET', '/api/stats/definitions');
  await expectDeclared('GET', '/api/metrics');
  await expectDeclared('POST', '/api/auth/sign-out');
});

test('every route was held against its declaration, but those that need Supabase', () => {
  const all = routes.flatMap((route) =>
    Object.entries(route).map(([method, handler]) => `${method} ${handler[declared].route}`),
  );
  expect(all.filter((one) => !checked.has(one)).sort()).toEqual([
    'DELETE /api/members/[id]',
    'GET /api/health',
    'GET /api/realtime/token',
    'PATCH /api/members/[id]',
    'POST /api/auth/change-password',
    'POST /api/auth/sign-in',
    'POST /api/members',
  ]);
});
