import { z } from 'zod';
import { createApiKey } from '#lib/access/index';
import { closeEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { defineTask } from '#lib/tasks/define';
import { publishDefinitions } from '#lib/tasks/index';
import { testDatabase } from '../../../../scripts/testing/database.ts';
import type { TestDatabase } from '../../../../scripts/testing/database.ts';
import { useTestEngine } from '../../../../scripts/testing/engines.ts';
import { call, program, read } from '../../testing.ts';
import type { Caller } from '../../testing.ts';
import { POST as submitOne } from '../route.ts';
import { POST as submitBatch } from './route.ts';

// For later, so that nothing is dispatched.
const task = { definition: 'say', payload: { message: 'hello' }, delayMs: 3_600_000 };
let database: TestDatabase;
let operator: Caller;

beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  operator = await program('operator');
  await publishDefinitions([
    defineTask({
      name: 'say',
      title: 'Say',
      payload: z.strictObject({ message: z.string().max(200_000) }),
      run: async () => undefined,
    }),
  ]);
});
afterAll(async () => {
  await flushFeed();
  await closeEngine();
  await database.drop();
});

const post = (
  json: unknown,
  { caller = operator, headers = {} }: { caller?: Caller; headers?: Record<string, string> } = {},
) => read(call(submitBatch, '/api/tasks/batch', { method: 'POST', caller, json, headers }));
const count = async () => (await database.sql`select from tasks`).count;

test('201 with the tasks in their order, once all stand in Postgres', async () => {
  const tasks = Array.from({ length: 1_000 }, (_, n) => ({ ...task, payload: { message: `${n}` }, priority: n % 100 }));
  const { status, body } = await post({ tasks });
  expect(status).toBe(201);
  const ids = (body.tasks as { id: string; state: string; duplicate: boolean }[]).map(({ id }) => id);
  const rows = await database.sql<{ message: string }[]>`
    select payload ->> 'message' as message from tasks join unnest(${ids}::uuid[]) with ordinality as o (id, n) using (id) order by n`;
  expect(rows.map(({ message }) => message)).toEqual(tasks.map(({ payload }) => payload.message));
});

test('may be larger than a single task', async () => {
  const tasks = Array.from({ length: 10 }, () => ({ ...task, payload: { message: 'x'.repeat(150_000) } }));
  expect((await post({ tasks })).status).toBe(201);
});

test('the same batch under the same Idempotency-Key is the same tasks', async () => {
  const headers = { 'idempotency-key': 'batch-1' };
  const [first, again] = [
    await post({ tasks: [task, task] }, { headers }),
    await post({ tasks: [task, task] }, { headers }),
  ];
  const ids = ({ body }: typeof first) => (body.tasks as { id: string }[]).map(({ id }) => id);
  expect(ids(again)).toEqual(ids(first));
  expect((again.body.tasks as { duplicate: boolean }[]).every(({ duplicate }) => duplicate)).toBe(true);
});

test.each([
  ['none', { tasks: [] }, 422, '/tasks'],
  ['more than 1,000', { tasks: Array.from({ length: 1_001 }, () => task) }, 422, '/tasks'],
  ['an unknown option', { tasks: [task, { ...task, dependsOnTask: 'x' }] }, 422, '/tasks/1/dependsOnTask'],
  ['a wrong payload', { tasks: [task, { ...task, payload: {} }] }, 422, '/tasks/1/payload/message'],
  ['an unknown type', { tasks: [task, { definition: 'nope' }] }, 404, '/tasks/1/definition'],
  [
    'a parent that is not there',
    { tasks: [{ ...task, dependsOn: ['0193e8a0-0000-7000-8000-000000000000'] }] },
    422,
    '/tasks/0/dependsOn/0',
  ],
])('%s is refused by its place, and nothing stays', async (_, json, status, pointer) => {
  const before = await count();
  expect(await post(json)).toMatchObject({ status, body: { errors: [expect.objectContaining({ pointer })] } });
  expect(await count()).toBe(before);
});

test("a key's rate limit counts each task, and says when to come again", async () => {
  const { key } = await createApiKey({ name: 'slow', role: 'operator', rateLimit: 3 });
  const caller = { authorization: `Bearer ${key}` };
  expect((await post({ tasks: [task, task] }, { caller })).status).toBe(201);
  const refused = await post({ tasks: [task, task] }, { caller });
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  const one = () => read(call(submitOne, '/api/tasks', { method: 'POST', caller, json: task }));
  expect((await one()).status).toBe(202);
  expect((await one()).status).toBe(429);
});

test('200 for a task whose unique key is held, with the one that holds it', async () => {
  const json = { ...task, unique: { key: 'only' } };
  const one = () => read(call(submitOne, '/api/tasks', { method: 'POST', caller: operator, json }));
  const [first, second] = [await one(), await one()];
  expect(first).toMatchObject({ status: 202, body: { duplicate: false } });
  expect(second).toMatchObject({ status: 200, body: { id: first.body.id, duplicate: true } });
  expect(second.headers.get('idempotency-replayed')).toBeNull();
});
