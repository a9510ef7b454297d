import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { useTestEngine } from '../../../scripts/testing/engines.ts';
import { closeEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { createProbe, testActor } from '../../../workers/testing.ts';
import { dispatchSettled } from '../dispatch/dispatch.ts';
import { cancelTask, getTask, publishDefinitions, submit, submitMany } from '../index.ts';
import type { SubmitInput } from './submit-schema.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  const { definition } = createProbe();
  await publishDefinitions([
    definition,
    { ...definition, name: 'alone', mode: 'sync', concurrencyLimit: 1 },
    { ...definition, name: 'few', concurrencyLimit: 3, ttlMs: 60_000, maxLost: 7 },
  ]);
});
afterAll(async () => {
  await dispatchSettled();
  await flushFeed();
  await closeEngine();
  await database.drop();
});

const send = (options: Partial<SubmitInput> = {}) =>
  submit(testActor, { definition: 'probe', payload: { do: 'return' }, ...options });
const rowOf = async (id: string) => (await database.sql`select * from tasks where id = ${id}`)[0] ?? {};
let keys = 0;
const newKey = () => `key-${(keys += 1)}`;

describe('what a submit says about the task itself', () => {
  it('stands in its row', async () => {
    const { id } = await send({
      attempts: 9,
      backoff: { type: 'fixed', delay: 5 },
      timeoutMs: 700,
      ttlMs: 10_000,
      metadata: { customer: 42 },
      correlationId: 'order-1',
    });
    const row = await rowOf(id);
    expect(row).toMatchObject({
      max_attempts: 9,
      retry: { attempts: 9, backoff: { type: 'fixed', delay: 5, max: 60_000, jitter: false } },
      timeout_ms: 700,
      metadata: { customer: 42 },
      correlation_id: 'order-1',
      concurrency_key: null,
      idempotency_key: null,
    });
    expect(row['expires_at'] - row['run_at']).toBe(10_000);
  });

  it('is otherwise what the definition says', async () => {
    const { id } = await send({ definition: 'few' });
    const row = await rowOf(id);
    expect(row).toMatchObject({ concurrency_key: 'few', concurrency_limit: 3, max_lost: 7 });
    expect(row['expires_at'] - row['run_at']).toBe(60_000);
  });

  it('gives a delayed task its whole time to live once it may start', async () => {
    const row = await rowOf((await send({ delayMs: 60_000, ttlMs: 1_000 })).id);
    expect(row['expires_at'] - row['run_at']).toBe(1_000);
  });

  it('has a sync definition run alone, unless it says async', async () => {
    expect(await rowOf((await send({ definition: 'alone' })).id)).toMatchObject({
      concurrency_key: 'sync:alone',
      concurrency_limit: 1,
    });
    expect(await rowOf((await send({ definition: 'alone', mode: 'async' })).id)).toMatchObject({
      concurrency_key: null,
    });
    expect(await rowOf((await send({ mode: 'sync' })).id)).toMatchObject({ concurrency_key: 'sync:probe' });
    await expect(send({ definition: 'alone', concurrency: { key: 'x' } })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/concurrency' }],
    });
  });

  it('names the parent of a child', async () => {
    const parent = await send();
    const child = await submit(
      { kind: 'task', id: parent.id, name: 'probe', role: 'operator' },
      { definition: 'probe', payload: { do: 'return' } },
      { parentId: parent.id, idempotencyKey: `emit:${parent.id}:1` },
    );
    expect(await rowOf(child.id)).toMatchObject({ parent_id: parent.id, submitted_by: `task:${parent.id}` });
  });

  it('may not be larger than 256 KB', async () => {
    await expect(send({ payload: { do: 'return', value: 'x'.repeat(256 * 1024) } })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/payload', message: 'is larger than 256 KB' }],
    });
  });
});

describe('a unique key', () => {
  it('is held by one task of 200 that come at once', async () => {
    const unique = { key: newKey() };
    const all = await Promise.all(Array.from({ length: 200 }, () => send({ unique })));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect((await database.sql`select from task_keys where key = ${unique.key}`).count).toBe(1);
  });

  it('is held until the task has ended', async () => {
    const unique = { key: newKey() };
    const first = await send({ unique });
    await cancelTask(testActor, first.id);
    const second = await send({ unique });
    expect(second).toMatchObject({ duplicate: false });
    expect(await send({ unique })).toMatchObject({ id: second.id, duplicate: true });
  });

  it('with a window is held for as long, whether or not the task has ended', async () => {
    const unique = { key: newKey(), windowMs: 3_600_000 };
    const first = await send({ unique });
    await cancelTask(testActor, first.id);
    expect(await send({ unique })).toEqual({ id: first.id, state: 'cancelled', duplicate: true });
    await database.sql`update task_keys set until = clock_timestamp() where key = ${unique.key}`;
    expect(await send({ unique })).toMatchObject({ duplicate: false });
  });

  it('is a key of its definition', async () => {
    const unique = { key: newKey() };
    await send({ unique });
    expect(await send({ unique, definition: 'few' })).toMatchObject({ duplicate: false });
  });

  it('comes after the idempotency key', async () => {
    const unique = { key: newKey() };
    const input = { definition: 'probe', payload: { do: 'return' }, unique };
    const first = await submit(testActor, input, { idempotencyKey: newKey() });
    await cancelTask(testActor, first.id);
    const key = newKey();
    const second = await submit(testActor, input, { idempotencyKey: key });
    await cancelTask(testActor, second.id);
    expect(await submit(testActor, input, { idempotencyKey: key })).toMatchObject({ id: second.id, duplicate: true });
    await expect(
      submit(testActor, { ...input, supersede: { key: 'x' } }, { idempotencyKey: key }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('a trailing debounce', () => {
  const debounce = () => ({ key: newKey(), delayMs: 60_000 });

  it('makes one task of 100 that come at once, with the last payload', async () => {
    const one = debounce();
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, n) => send({ debounce: one, payload: { do: 'return', value: n } })),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await getTask(all[0]?.id ?? '')).toMatchObject({ state: 'scheduled', payload: { value: 99 } });
  });

  it('begins to wait anew with each, but no longer than its longest wait', async () => {
    const one = { ...debounce(), maxWaitMs: 90_000 };
    const { id } = await send({ debounce: one, ttlMs: 5_000 });
    const first = await rowOf(id);
    await database.sql`update task_keys set since = since - interval '20 seconds' where key = ${one.key}`;
    await send({ debounce: one });
    const second = await rowOf(id);
    expect(second['run_at'].getTime()).toBeGreaterThan(first['run_at'].getTime());
    await database.sql`update task_keys set since = since - interval '60 seconds' where key = ${one.key}`;
    await send({ debounce: one });
    const third = await rowOf(id);
    expect(third['run_at'].getTime()).toBeLessThan(first['run_at'].getTime());
    expect(third['expires_at'] - third['run_at']).toBe(5_000);
  });

  it('leaves a task alone that has started', async () => {
    const one = debounce();
    const { id } = await send({ debounce: one });
    await database.sql`update tasks set state = 'pending' where id = ${id}`;
    await database.sql`update tasks set state = 'running', fence = 1, attempt = 1 where id = ${id}`;
    expect(await send({ debounce: one })).toMatchObject({ duplicate: false, state: 'scheduled' });
  });

  it('gives one that is due the newest payload, and keeps its time', async () => {
    const one = debounce();
    const { id } = await send({ debounce: one });
    await database.sql`update tasks set state = 'pending', run_at = now() where id = ${id}`;
    const before = await rowOf(id);
    expect(await send({ debounce: one, payload: { do: 'return', value: 'new' } })).toMatchObject({
      id,
      state: 'pending',
    });
    expect(await rowOf(id)).toMatchObject({ payload: { value: 'new' }, run_at: before['run_at'] });
  });
});

test('a leading debounce runs at once, and swallows what comes until it has been quiet', async () => {
  const debounce = { key: newKey(), delayMs: 60_000, mode: 'leading' as const, maxWaitMs: 100_000 };
  const first = await send({ debounce });
  expect(first).toMatchObject({ state: 'pending', duplicate: false });
  await cancelTask(testActor, first.id);
  expect(await send({ debounce })).toMatchObject({ id: first.id, duplicate: true });
  const left = async () => {
    const [row] = await database.sql`
      select extract(epoch from until - clock_timestamp())::float8 as seconds from task_keys where key = ${debounce.key}`;
    return Number(row?.['seconds']);
  };
  await database.sql`update task_keys set since = since - interval '90 seconds', until = until - interval '50 seconds' where key = ${debounce.key}`;
  await send({ debounce });
  expect(await left()).toBeLessThan(10);
  await database.sql`update task_keys set until = clock_timestamp() where key = ${debounce.key}`;
  expect(await send({ debounce })).toMatchObject({ duplicate: false });
});

describe('a supersede key', () => {
  it('cancels what waits, in the transaction of the newer task', async () => {
    const supersede = { key: newKey() };
    const waiting = [await send({ supersede }), await send({ supersede: { key: newKey() } })];
    const newer = await send({ supersede });
    expect(await getTask(waiting[0]?.id ?? '')).toMatchObject({
      state: 'cancelled',
      error: { name: 'Superseded', message: expect.stringContaining(newer.id) as string },
    });
    expect(await getTask(waiting[1]?.id ?? '')).toMatchObject({ state: 'pending' });
  });

  it('asks those that run to stop only when it says so', async () => {
    const key = newKey();
    const { id } = await send({ supersede: { key } });
    await database.sql`update tasks set state = 'running', fence = 1, attempt = 1 where id = ${id}`;
    await send({ supersede: { key } });
    expect(await getTask(id)).toMatchObject({ state: 'running', cancelRequested: false });
    const told: string[] = [];
    const listener = await database.sql.listen('taskdeck_cancel', (payload) => void told.push(payload));
    await send({ supersede: { key, running: true } });
    expect(await getTask(id)).toMatchObject({ state: 'running', cancelRequested: true });
    await database.sql.notify('taskdeck_cancel', 'end');
    while (!told.includes('end')) await new Promise(setImmediate);
    expect(told).toEqual([id, 'end']);
    await listener.unlisten();
  });

  it('leaves one of 50 that come at once', async () => {
    const supersede = { key: newKey() };
    await Promise.all(Array.from({ length: 50 }, () => send({ supersede })));
    const rows =
      await database.sql`select state from tasks where supersede_key = ${supersede.key} and state = 'pending'`;
    expect(rows).toHaveLength(1);
  });

  it('does nothing when its submit was a repeat', async () => {
    const supersede = { key: newKey() };
    const input = { definition: 'probe', payload: { do: 'return' }, supersede };
    const key = newKey();
    await submit(testActor, input, { idempotencyKey: key });
    const newer = await send({ supersede });
    await submit(testActor, input, { idempotencyKey: key });
    expect(await getTask(newer.id)).toMatchObject({ state: 'pending' });
  });
});

describe('a batch', () => {
  it('is accepted in its order', async () => {
    const unique = { key: newKey() };
    const submitted = await submitMany(testActor, [
      { definition: 'probe', payload: { do: 'return', value: 0 } },
      { definition: 'probe', payload: { do: 'return', value: 1 }, unique },
      { definition: 'probe', payload: { do: 'return', value: 2 }, unique },
      { definition: 'probe', payload: { do: 'return', value: 3 }, delayMs: 60_000 },
    ]);
    expect(submitted.map(({ state, duplicate }) => `${state} ${duplicate}`)).toEqual([
      'pending false',
      'pending false',
      'pending true',
      'scheduled false',
    ]);
    expect(submitted[2]?.id).toBe(submitted[1]?.id);
    expect(await getTask(submitted[3]?.id ?? '')).toMatchObject({ payload: { value: 3 } });
  });

  it('is refused as a whole, and says where it is wrong', async () => {
    const before = await database.sql`select from tasks`;
    const right = { definition: 'probe', payload: { do: 'return' } };
    await expect(submitMany(testActor, [right, { ...right, payload: { do: 'dance' } }])).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/1/payload/do' }],
    });
    const dependsOn = ['0198c0de-0000-7000-8000-00000000ffff'];
    await expect(submitMany(testActor, [right, { ...right, dependsOn }])).rejects.toMatchObject({
      fields: [{ pointer: '/1/dependsOn/0', message: 'is not a task' }],
    });
    await expect(
      submitMany(
        testActor,
        Array.from({ length: 1_001 }, () => right),
      ),
    ).rejects.toMatchObject({
      code: 'invalid',
    });
    expect((await database.sql`select from tasks`).count).toBe(before.count);
  });

  it('is the same batch under the same idempotency key, and nothing of another one stays', async () => {
    const key = newKey();
    const right = { definition: 'probe', payload: { do: 'return' } };
    const first = await submitMany(testActor, [right, right], { idempotencyKey: key });
    const again = await submitMany(testActor, [right, right], { idempotencyKey: key });
    expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    const before = await database.sql`select from tasks`;
    await expect(
      submitMany(testActor, [{ ...right, priority: 1 }, right, right], { idempotencyKey: key }),
    ).rejects.toMatchObject({ code: 'conflict' });
    expect((await database.sql`select from tasks`).count).toBe(before.count);
  });
});
