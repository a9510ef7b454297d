import { insertTask } from '../../../lib/tasks/testing/insert.ts';
import { testDatabase } from '../../../scripts/testing/database.ts';
import type { TestDatabase } from '../../../scripts/testing/database.ts';
import { call, type Caller, program, read } from '../testing.ts';
import { GET } from './[id]/wait/route.ts';

let database: TestDatabase;
let caller: Caller;

beforeAll(async () => {
  database = await testDatabase();
  caller = await program('viewer');
});
afterAll(() => database.drop());

const wait = (id: string, query = '', signal?: AbortSignal) =>
  read(call(GET, `/api/tasks/${id}/wait${query}`, { caller, params: { id }, ...(signal && { signal }) }));

const complete = (id: string) =>
  database.sql`update tasks set state = 'completed', result = '42', finished_at = now() where id = ${id}`;

test('answers at once when the task has ended', async () => {
  const id = await insertTask({ state: 'completed', result: 42 });
  expect(await wait(id, '?timeoutMs=30000')).toMatchObject({
    status: 200,
    body: { id, state: 'completed', result: 42 },
  });
});

test('answers when it ends', async () => {
  const id = await insertTask({ state: 'running' });
  const waiting = wait(id, '?timeoutMs=30000');
  await complete(id);
  expect(await waiting).toMatchObject({ status: 200, body: { state: 'completed', result: 42 } });
});

test('answers how the task is when the time is up', async () => {
  const id = await insertTask({ state: 'running' });
  expect(await wait(id, '?timeoutMs=50')).toMatchObject({ status: 200, body: { id, state: 'running', result: null } });
});

test.each(['?timeoutMs=30001', '?timeoutMs=-1', '?timeoutMs=soon', '?seconds=1'])('refuses %s', async (query) => {
  expect(await wait(await insertTask(), query)).toMatchObject({ status: 422, body: { code: 'invalid' } });
});

test.each(['0193e8a0-0000-7000-8000-000000000000', 'x'])('knows no task %s', async (id) => {
  expect(await wait(id)).toMatchObject({ status: 404 });
});

test('lets a thousand wait, no more, and takes back the place of who goes away', async () => {
  const id = await insertTask({ state: 'running' });
  const clients = new AbortController();
  const waiting = Array.from({ length: 1_001 }, () => wait(id, '?timeoutMs=30000', clients.signal));
  const first = await Promise.race(waiting);
  expect(first).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(first.headers.get('retry-after')).toBe('1');
  clients.abort();
  const answers = await Promise.all(waiting);
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1_000);
  expect(await wait(id, '?timeoutMs=0')).toMatchObject({ status: 200, body: { state: 'running' } });
});
