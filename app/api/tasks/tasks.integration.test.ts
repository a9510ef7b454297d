import { z } from 'zod';
import { closeDatabase, openDatabase, useDatabase } from '#lib/db/index';
import { closeEngine, openEngine, useEngine } from '#lib/queues/index';
import { defineTask } from '#lib/tasks/define';
import { publishDefinitions } from '#lib/tasks/index';
import { testDatabase } from '../../../scripts/testing/database.ts';
import type { TestDatabase } from '../../../scripts/testing/database.ts';
import { useTestEngine } from '../../../scripts/testing/engines.ts';
import { call, person, program, read } from '../testing.ts';
import type { Caller } from '../testing.ts';
import { POST as cancel } from './[id]/cancel/route.ts';
import { GET as logs } from './[id]/logs/route.ts';
import { POST as retry } from './[id]/retry/route.ts';
import { GET as detail } from './[id]/route.ts';
import { GET as list, POST as submit } from './route.ts';

const unknownId = '0193e8a0-0000-7000-8000-000000000000';
const task = { definition: 'say', payload: { message: 'hello' } };
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
      payload: z.strictObject({
        message: z.string().min(1).max(10),
        more: z.record(z.string(), z.string()).optional(),
      }),
      run: async () => undefined,
    }),
  ]);
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

const post = (json: unknown, headers: Record<string, string> = {}) =>
  read(call(submit, '/api/tasks', { method: 'POST', caller: operator, json, headers }));
const get = (query: string) => read(call(list, `/api/tasks${query}`, { caller: operator }));
const idOf = async (answer: Promise<{ body: Record<string, unknown> }>): Promise<string> =>
  String((await answer).body.id);

test('202 with id and state, once the task stands in Postgres', async () => {
  const { status, headers, body } = await post(task);
  expect({ status, body }).toEqual({
    status: 202,
    body: { id: expect.any(String), state: 'pending', duplicate: false },
  });
  expect(headers.get('location')).toBe(`/api/tasks/${String(body.id)}`);
  expect(headers.get('idempotency-replayed')).toBeNull();
  const [row] = await database.sql`select payload, submitted_by from tasks where id = ${String(body.id)}`;
  expect(row).toEqual({ payload: { message: 'hello' }, submitted_by: expect.stringMatching(/^key:/) });
});

test('a person submits from the page', async () => {
  const answer = await read(
    call(submit, '/api/tasks', { method: 'POST', caller: await person(database, 'operator'), json: task }),
  );
  expect(answer.status).toBe(202);
});

test('202 also while the queue engine is away', async () => {
  await closeEngine();
  useEngine(openEngine({ kind: 'redis', redisUrl: 'redis://127.0.0.1:9', prefix: 'away' }));
  try {
    const started = performance.now();
    const { status, body } = await post(task);
    expect(status).toBe(202);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await database.sql`select state from tasks where id = ${String(body.id)}`).toEqual([{ state: 'pending' }]);
  } finally {
    await useTestEngine('redis');
  }
});

test('503 with Retry-After while Postgres is away, and nothing about where it is', async () => {
  useDatabase(openDatabase('postgres://nobody:hunter2@127.0.0.1:9/none'));
  try {
    const { status, headers, body } = await post(task);
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
    expect(JSON.stringify(body)).not.toMatch(/hunter2|127\.0\.0\.1|ECONN/);
  } finally {
    await closeDatabase(0);
    useDatabase(database.sql);
  }
});

describe('refused', () => {
  test.each<[string, unknown, number, unknown[]]>([
    [
      'an unknown type',
      { definition: 'nope', payload: {} },
      404,
      [{ pointer: '/definition', message: expect.any(String) }],
    ],
    ['an unknown queue', { ...task, queue: 'nope' }, 422, [{ pointer: '/queue', message: expect.any(String) }]],
    [
      'a payload that does not fit',
      { ...task, payload: { message: '', extra: 1 } },
      422,
      expect.arrayContaining([expect.objectContaining({ pointer: '/payload/message' })]) as unknown as unknown[],
    ],
    ['no type', { payload: {} }, 422, [{ pointer: '/definition', message: expect.any(String) }]],
    [
      'an unknown field',
      { ...task, state: 'completed' },
      422,
      [{ pointer: '/state', message: 'is not a known field' }],
    ],
    [
      'somebody else as the submitter',
      { ...task, submittedBy: 'user:1' },
      422,
      [{ pointer: '/submittedBy', message: 'is not a known field' }],
    ],
    ['a priority out of range', { ...task, priority: 101 }, 422, [expect.objectContaining({ pointer: '/priority' })]],
    [
      'two times',
      { ...task, delayMs: 1, runAt: '2030-01-01T00:00:00Z' },
      422,
      [expect.objectContaining({ pointer: '/runAt' })],
    ],
    [
      'a text with NUL',
      { ...task, payload: { message: 'a\u0000' } },
      422,
      [{ pointer: '/payload/message', message: 'holds a NUL character' }],
    ],
    [
      'half a character',
      { ...task, payload: { message: '\ud800' } },
      422,
      [{ pointer: '/payload/message', message: 'holds half of a surrogate pair' }],
    ],
    ['a list', [task], 422, [{ pointer: '', message: expect.any(String) }]],
  ])('%s', async (_, json, status, errors) => {
    const answer = await post(json);
    expect(answer).toMatchObject({ status, body: { status, errors } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });

  test.each([
    ['{"definition":"say","payload":{"message":"x","more":{"__proto__":"x"}}}', 422, '/payload/more/__proto__'],
    ['{"definition":"say","payload":{"constructor":{"prototype":{}}}}', 422, '/payload/constructor'],
    ['{"__proto__":{"definition":"say"}}', 422, '/__proto__'],
    ['{"definition":"say"', 400, ''],
  ])('%s', async (body, status, pointer) => {
    const answer = await read(
      call(submit, '/api/tasks', {
        method: 'POST',
        caller: operator,
        body,
        headers: { 'content-type': 'application/json' },
      }),
    );
    expect(answer).toMatchObject({ status, body: { errors: [expect.objectContaining({ pointer })] } });
  });

  test('a body above 256 KB, before it is parsed', async () => {
    const body = `{"definition":${' '.repeat(256 * 1024)}`;
    expect(
      await read(
        call(submit, '/api/tasks', {
          method: 'POST',
          caller: operator,
          body,
          headers: { 'content-type': 'application/json' },
        }),
      ),
    ).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });

  test('a body that is not JSON', async () => {
    expect(
      await read(
        call(submit, '/api/tasks', {
          method: 'POST',
          caller: operator,
          body: 'definition=say',
          headers: { 'content-type': 'text/plain' },
        }),
      ),
    ).toMatchObject({ status: 415 });
  });

  test('none of these left a task', async () => {
    const before = (await database.sql`select count(*) from tasks`)[0];
    await post({ ...task, payload: { message: 'a\u0000' } });
    await post({ definition: 'nope' });
    expect((await database.sql`select count(*) from tasks`)[0]).toEqual(before);
  });
});

describe('Idempotency-Key', () => {
  const withKey = (key: string, json: unknown = task, caller = operator) =>
    read(call(submit, '/api/tasks', { method: 'POST', caller, json, headers: { 'idempotency-key': key } }));

  test('the same key and body is the same task, however the body is written', async () => {
    const first = await withKey('same-1', { definition: 'say', payload: { message: 'a', more: { x: '1', y: '2' } } });
    const again = await withKey('same-1', { payload: { more: { y: '2', x: '1' }, message: 'a' }, definition: 'say' });
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, duplicate: true });
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  test('another body is a conflict', async () => {
    await withKey('other-1');
    expect(await withKey('other-1', { ...task, payload: { message: 'other' } })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
  });

  test('many at once make one task', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => withKey('race-1')));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
  });

  test("another caller's key is another key", async () => {
    const [mine, theirs] = [await withKey('shared-1'), await withKey('shared-1', task, await program('operator'))];
    expect(mine.body.id).not.toBe(theirs.body.id);
  });

  test.each(['', 'x'.repeat(256), 'has space', 'é'])('%j is refused', async (key) => {
    expect(await withKey(key)).toMatchObject({
      status: 422,
      body: { errors: expect.arrayContaining([expect.objectContaining({ pointer: '/Idempotency-Key' })]) },
    });
  });
});

test('lists by state, type and queue, in pages, with the counts of all', async () => {
  const { body: all } = await get('?limit=2&definition=say&queue=default');
  expect(all).toMatchObject({ nextCursor: expect.any(String), counts: { pending: expect.any(Number), failed: 0 } });
  expect(all.tasks).toHaveLength(2);
  const { body: next } = await get(`?limit=2&definition=say&cursor=${String(all.nextCursor)}`);
  expect(JSON.stringify(next.tasks)).not.toContain(String(all.nextCursor));
  expect((await get('?state=failed,abandoned')).body.tasks).toEqual([]);
  expect(JSON.stringify((await get('?state=pending&limit=1')).body.tasks)).not.toContain('payload');
});

test.each([
  ['?state=unknown', '/state/0'],
  ['?limit=0', '/limit'],
  ['?limit=201', '/limit'],
  ['?limit=ten', '/limit'],
  ['?cursor=1', '/cursor'],
  ['?order=id;drop', '/order'],
  ['?__proto__=x', '/__proto__'],
  ['?definition=a%00b', '/definition'],
  ['?limit=1&limit=2', '/limit'],
])('a list with %s is refused', async (query, pointer) => {
  expect(await get(query)).toMatchObject({ status: 422, body: { errors: [expect.objectContaining({ pointer })] } });
});

describe('one task', () => {
  const one = (id: string) => read(call(detail, `/api/tasks/${id}`, { caller: operator, params: { id } }));
  const control = (verb: typeof cancel, id: string) =>
    read(call(verb, `/api/tasks/${id}/x`, { method: 'POST', caller: operator, params: { id } }));

  test('shows all of it', async () => {
    const id = await idOf(post(task));
    expect(await one(id)).toMatchObject({
      status: 200,
      body: { id, payload: { message: 'hello' }, attempts: [], inboxMessage: null, version: expect.any(Number) },
    });
  });

  test('is cancelled, sent again and cancelled anew, and each only when it can be', async () => {
    const id = await idOf(post({ ...task, delayMs: 60_000 }));
    expect(await control(retry, id)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await control(cancel, id)).toMatchObject({ status: 202, body: { id, state: 'cancelled' } });
    expect(await control(cancel, id)).toMatchObject({ status: 409 });
    expect(await control(retry, id)).toMatchObject({ status: 202, body: { id, state: 'pending' } });
  });

  test.each([unknownId, 'x', "1' or '1'='1", '../tasks', '%00'])('%s is not there', async (id) => {
    expect(await one(id)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect((await control(cancel, id)).status).toBe(404);
    expect((await control(retry, id)).status).toBe(404);
    expect((await read(call(logs, '/api/tasks/x/logs', { caller: operator, params: { id } }))).status).toBe(404);
  });

  test('its log comes in pages', async () => {
    const id = await idOf(post(task));
    const page = (query: string) =>
      read(call(logs, `/api/tasks/${id}/logs${query}`, { caller: operator, params: { id } }));
    expect(await page('')).toMatchObject({ status: 200, body: { lines: [], next: null } });
    await database.sql`insert into task_logs (task_id, seq, attempt, at, level, message) select ${id}, n, 1, now(), 'info', 'line ' || n from generate_series(1, 3) n`;
    expect((await page('?limit=2')).body).toMatchObject({ lines: [{ seq: 1 }, { seq: 2 }], next: 2 });
    expect((await page('?after=2')).body).toMatchObject({ lines: [{ seq: 3, message: 'line 3' }], next: null });
    expect((await page('?after=-1')).status).toBe(422);
  });
});
