import { z } from 'zod';
import { defineTask } from '#lib/tasks/define';
import { publishDefinitions } from '#lib/tasks/index';
import { insertTask } from '../../lib/tasks/testing/insert.ts';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { GET as recentPayloads } from './definitions/[name]/recent-payloads/route.ts';
import type { DeclaredHandler } from './handle.ts';
import { GET as logs } from './tasks/[id]/logs/route.ts';
import { GET as graph } from './tasks/[id]/graph/route.ts';
import { DELETE as remove, PATCH as change } from './templates/[id]/route.ts';
import { GET as list, POST as create } from './templates/route.ts';
import { call, program, read } from './testing.ts';
import type { Caller } from './testing.ts';

let database: TestDatabase;
let operator: Caller;
let viewer: Caller;

beforeAll(async () => {
  database = await testDatabase();
  operator = await program('operator');
  viewer = await program('viewer');
  const payload = z.strictObject({ message: z.string() });
  await publishDefinitions([defineTask({ name: 'say', title: 'Say', payload, run: async () => undefined })]);
});
afterAll(() => database.drop());

type Options = { params?: Record<string, string>; query?: string; json?: unknown; caller?: Caller };

const send = (handler: DeclaredHandler, method: string, { query = '', ...options }: Options = {}) =>
  read(call(handler, `/api/x${query}`, { method, caller: operator, ...options }));

describe('templates', () => {
  beforeEach(() => database.sql`delete from task_templates`);

  const template = { definition: 'say', name: 'Morning', payload: { message: 'Hi' }, options: { priority: 5 } };

  test('one is kept, listed by name, changed and deleted', async () => {
    const made = await send(create, 'POST', { json: template });
    expect(made).toMatchObject({ status: 201, body: { ...template, createdByName: 'test operator' } });
    const id = String(made.body.id);
    await send(create, 'POST', { json: { ...template, name: 'afternoon', options: undefined } });
    expect((await send(list, 'GET', { query: '?definition=say', caller: viewer })).body).toMatchObject({
      templates: [{ name: 'afternoon', options: {} }, { name: 'Morning' }],
    });
    expect(await send(change, 'PATCH', { params: { id }, json: { name: 'Evening' } })).toMatchObject({
      status: 200,
      body: { name: 'Evening', payload: { message: 'Hi' } },
    });
    expect(await send(remove, 'DELETE', { params: { id } })).toMatchObject({ status: 204 });
    expect(await send(remove, 'DELETE', { params: { id } })).toMatchObject({ status: 404 });
    expect(await send(change, 'PATCH', { params: { id }, json: {} })).toMatchObject({ status: 404 });
    const actions = await database.sql<{ action: string }[]>`
      select action from audit_log where subject = ${`template:${id}`} order by id`;
    expect(actions.map(({ action }) => action)).toEqual(['template.create', 'template.update', 'template.delete']);
  });

  test('a name is used once in a definition', async () => {
    await send(create, 'POST', { json: template });
    expect(await send(create, 'POST', { json: template })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/name' }] },
    });
    const other = await send(create, 'POST', { json: { ...template, name: 'Evening' } });
    const params = { id: String(other.body.id) };
    expect(await send(change, 'PATCH', { params, json: { name: 'Morning' } })).toMatchObject({ status: 409 });
    expect(await send(change, 'PATCH', { params, json: { name: 'Evening' } })).toMatchObject({ status: 200 });
  });

  test.each([
    [{ options: { priority: 500 } }, '/options/priority'],
    [{ options: { delayMs: 5, runAt: '2026-11-21T10:00:00Z' } }, '/options/runAt'],
    [{ options: { payload: {} } }, '/options/payload'],
    [{ options: { colour: 'red' } }, '/options/colour'],
    [{ name: '   ' }, '/name'],
    [{ name: 'x'.repeat(81) }, '/name'],
  ])('%j is refused', async (over, pointer) => {
    const { status, body } = await send(create, 'POST', { json: { ...template, ...over } });
    const pointers = (body.errors as { pointer: string }[]).map((error) => error.pointer);
    expect({ status, pointers }).toEqual({ status: 422, pointers: [pointer] });
  });

  test('there is none of a task type that does not exist', async () => {
    expect(await send(create, 'POST', { json: { ...template, definition: 'nope' } })).toMatchObject({ status: 404 });
  });

  test('a definition has at most a hundred', async () => {
    await database.sql`
      insert into task_templates (id, definition, name, payload, created_by)
      select gen_random_uuid(), 'say', 'number ' || n, '{}', 'system' from generate_series(1, 100) n`;
    expect(await send(create, 'POST', { json: template })).toMatchObject({
      status: 409,
      body: { detail: 'This task type has 100 templates already.' },
    });
  });

  test('a viewer reads them and changes none', async () => {
    const params = { id: String((await send(create, 'POST', { json: template })).body.id) };
    expect(await send(create, 'POST', { json: template, caller: viewer })).toMatchObject({ status: 403 });
    expect(await send(change, 'PATCH', { params, json: {}, caller: viewer })).toMatchObject({ status: 403 });
    expect(await send(remove, 'DELETE', { params, caller: viewer })).toMatchObject({ status: 403 });
  });
});

describe('recent payloads', () => {
  test('are the newest of the definition, each once, ten of them and by their beginnings', async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
      await insertTask({ definition: 'say', payload: { message: `${n}` } });
    const again = await insertTask({ definition: 'say', payload: { message: '11' } });
    await insertTask({ definition: 'other', payload: { message: 'not it' } });
    await insertTask({ definition: 'say', payload: { message: 'long '.repeat(1_000) } });
    const { body } = await send(recentPayloads, 'GET', { params: { name: 'say' }, caller: viewer });
    const payloads = body.payloads as { taskId: string; preview: string }[];
    expect(payloads).toHaveLength(10);
    expect(payloads[0]?.preview).toHaveLength(200);
    expect(payloads[1]).toMatchObject({ taskId: again, preview: '{"message": "11"}' });
    expect(payloads.at(-1)?.preview).toBe('{"message": "4"}');
  });

  test('of an unknown definition there are none', async () => {
    expect((await send(recentPayloads, 'GET', { params: { name: 'nope' } })).body).toEqual({ payloads: [] });
  });
});

describe('a task’s log', () => {
  let id: string;
  beforeAll(async () => {
    id = await insertTask({ state: 'completed' });
    await database.sql`
      insert into task_logs (task_id, seq, attempt, at, level, message, fields)
      select ${id}, 1000000 + n, 1, '2026-11-21T10:00:00Z', case when n % 2 = 0 then 'warn' else 'info' end,
        'line ' || n, case when n = 1 then '{"to": "a\\nb"}'::jsonb end
      from generate_series(1, 2500) n`;
  });

  const download = async (query: string) => {
    const response = await call(logs, `/api/x?${query}`, { caller: viewer, params: { id } });
    return { response, lines: (await response.text()).split('\n').slice(0, -1) };
  };

  test('is streamed whole as NDJSON', async () => {
    const { response, lines } = await download('format=ndjson');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="task-${id}.ndjson"`);
    expect(lines).toHaveLength(2_500);
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message).at(-1)).toBe('line 2500');
  });

  test('is streamed as text, a line a line, of a level and worse', async () => {
    const { response, lines } = await download('format=text&level=warn');
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(lines).toHaveLength(1_250);
    expect(lines[0]).toBe('2026-11-21T10:00:00.000Z WARN  [1] line 2');
  });

  test('is paged by level too', async () => {
    const { body } = await send(logs, 'GET', { params: { id }, query: '?level=warn&limit=1' });
    expect(body).toMatchObject({ lines: [{ message: 'line 2' }], next: 1_000_002 });
  });

  test('of a task that is not there is not found, in any format', async () => {
    const params = { id: '0193e8a0-0000-7000-8000-000000000000' };
    for (const query of ['', '?format=text'])
      expect(await send(logs, 'GET', { params, query })).toMatchObject({ status: 404 });
  });
});

test('the graph of a task is for everybody who may see it', async () => {
  const id = await insertTask();
  expect(await send(graph, 'GET', { params: { id }, caller: viewer })).toMatchObject({
    status: 200,
    body: { nodes: [{ id, relation: 'self' }], edges: [], more: false },
  });
  expect(await send(graph, 'GET', { params: { id: 'x' } })).toMatchObject({ status: 404 });
});
