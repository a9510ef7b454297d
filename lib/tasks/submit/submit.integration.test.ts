import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { testEngineOptions, useTestEngine } from '../../../scripts/testing/engines.ts';
import { closeEngine, engine, openEngine, useEngine } from '#lib/queues/index';
import { createProbe, testActor, waitFor } from '../../../workers/testing.ts';
import {
  cancelTask,
  countTasks,
  dispatchDue,
  getTask,
  listTasks,
  promoteDue,
  publishDefinitions,
  retryTask,
  submit,
} from '../index.ts';

jest.setTimeout(30_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await publishDefinitions([createProbe().definition]);
});
afterAll(() => database.drop());

const probe = { definition: 'probe', payload: { do: 'return' } };

describe('submit', () => {
  beforeAll(() => useTestEngine('redis'));
  afterAll(closeEngine);

  it('takes the defaults of the definition', async () => {
    const { id } = await submit(testActor, probe);
    expect(await getTask(id)).toMatchObject({
      state: 'pending',
      queue: 'default',
      priority: 0,
      maxAttempts: 3,
      timeoutMs: 1_500,
      submittedBy: `key:${testActor.id}`,
    });
  });

  it('schedules what has a delay or a date', async () => {
    const { id, state } = await submit(testActor, { ...probe, runAt: '2099-01-01T00:00:00Z' });
    expect(state).toBe('scheduled');
    expect((await getTask(id))?.runAt).toBe('2099-01-01T00:00:00.000Z');
    expect((await submit(testActor, { ...probe, delayMs: 60_000 })).state).toBe('scheduled');
  });

  it('runs at once what has a date in the past', async () => {
    expect((await submit(testActor, { ...probe, runAt: '2000-01-01T00:00:00Z' })).state).toBe('pending');
  });

  it.each(['0000-01-01T00:00:00Z', '2026-01-01T00:00:00+23:59', '2026-01-01T00:00:00.123456789-16:00'])(
    'takes a date that Postgres would refuse: %s',
    async (runAt) => {
      expect((await submit(testActor, { ...probe, runAt })).state).toBe('pending');
    },
  );

  it('keeps the last date there is', async () => {
    const { id } = await submit(testActor, { ...probe, runAt: '9999-12-31T23:59:59-12:00' });
    expect((await getTask(id))?.runAt).toMatch(/^9999-12-31/);
  });

  it('names each field of a payload that does not fit', async () => {
    await expect(submit(testActor, { definition: 'probe', payload: { do: 'dance' } })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/payload/do', message: expect.stringContaining('must be one of') }],
    });
    await expect(submit(testActor, { definition: 'probe', payload: {} })).rejects.toMatchObject({
      fields: [{ pointer: '/payload/do', message: 'is required' }],
    });
  });

  it('refuses a task type or queue that does not exist, and leaves nothing behind', async () => {
    const before = await countTasks();
    await expect(submit(testActor, { definition: 'nobody', payload: {} })).rejects.toMatchObject({ code: 'not_found' });
    await expect(submit(testActor, { ...probe, queue: 'nowhere' })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/queue' }],
    });
    expect(await countTasks()).toEqual(before);
  });

  it('refuses a deactivated task type', async () => {
    await publishDefinitions([{ ...createProbe().definition, name: 'resting' }]);
    await database.sql`update task_definitions set active = false where name = 'resting'`;
    await expect(submit(testActor, { definition: 'resting', payload: { do: 'return' } })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('an idempotency key', () => {
  beforeAll(() => useTestEngine('redis'));
  afterAll(closeEngine);

  it('gives the same task for the same input, in any order of its keys', async () => {
    const first = await submit(
      testActor,
      { definition: 'probe', payload: { do: 'return', value: 1 } },
      { idempotencyKey: 'a' },
    );
    const second = await submit(
      testActor,
      { payload: { value: 1, do: 'return' }, definition: 'probe' },
      { idempotencyKey: 'a' },
    );
    expect(second).toEqual({ ...first, duplicate: true });
  });

  it('is refused for another input', async () => {
    await submit(testActor, probe, { idempotencyKey: 'b' });
    await expect(submit(testActor, { ...probe, priority: 3 }, { idempotencyKey: 'b' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('belongs to who sent it', async () => {
    const mine = await submit(testActor, probe, { idempotencyKey: 'c' });
    const theirs = await submit({ ...testActor, id: '0198c0de-0000-7000-8000-000000000002' }, probe, {
      idempotencyKey: 'c',
    });
    expect(theirs.id).not.toBe(mine.id);
  });

  it('gives one task to 200 at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, () => submit(testActor, probe, { idempotencyKey: 'd' })));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  });
});

describe('a list', () => {
  it('is newest first and pages without gaps or repeats', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listTasks({ limit: 3, ...(cursor && { cursor }) });
      ids.push(...page.tasks.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(ids).toEqual([...ids].sort().reverse());
    expect(ids).toHaveLength(Object.values(await countTasks()).reduce((sum, count) => sum + count));
  });

  it('is narrowed by state, definition and queue', async () => {
    const { tasks } = await listTasks({ states: ['scheduled'], definition: 'probe', queue: 'default' });
    expect(tasks).toHaveLength(3);
    expect((await listTasks({ states: ['abandoned'] })).tasks).toEqual([]);
  });
});

describe('without a queue engine', () => {
  beforeAll(async () => {
    await closeEngine();
    // Nobody listens on port 1.
    useEngine(openEngine({ kind: 'redis', redisUrl: 'redis://127.0.0.1:1', prefix: 'nobody' }));
  });
  afterAll(closeEngine);

  it('accepts a task at once, and the relay sends it when the engine is back', async () => {
    const start = Date.now();
    const { id, state } = await submit(testActor, { ...probe, tags: ['while-down'] });
    expect(state).toBe('pending');
    expect(Date.now() - start).toBeLessThan(500);
    await database.sql`update tasks set dispatch_at = clock_timestamp() where id = ${id}`;
    await expect(dispatchDue()).rejects.toMatchObject({ code: 'unavailable' });

    await closeEngine();
    await useTestEngine('redis');
    const queue = await waitFor('the queue', () =>
      engine()
        .queue('default')
        .catch(() => undefined),
    );
    await dispatchDue();
    expect(await queue.getJob(`t-${id}-1`)).toBeDefined();
  });

  it('cancels and retries too', async () => {
    await closeEngine();
    useEngine(openEngine({ kind: 'redis', redisUrl: 'redis://127.0.0.1:1', prefix: 'nobody' }));
    const { id } = await submit(testActor, probe);
    expect((await cancelTask(testActor, id)).state).toBe('cancelled');
    expect((await retryTask(testActor, id)).state).toBe('pending');
    await expect(retryTask(testActor, id)).rejects.toMatchObject({ code: 'conflict' });
    await expect(cancelTask(testActor, '00000000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('the relay', () => {
  beforeAll(async () => void (await useTestEngine('redis')));
  afterAll(closeEngine);
  beforeEach(() => database.sql`update tasks set state = 'cancelled' where state in ('pending', 'scheduled')`);

  it('never lets more stand in the queue than its high-water mark, whatever waits', async () => {
    await closeEngine();
    useEngine(
      openEngine({ ...(await testEngineOptions('redis')), prefix: 'high_water' } as Parameters<typeof openEngine>[0]),
    );
    await waitFor('the engine', async () => (await engine().ping()).ok);
    await database.sql`update queues set high_water = 20`;
    await database.sql`
      insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by, priority)
      select gen_random_uuid(), 'probe', 'default', 'pending', '{}', 3, '{}', 1000, now(), now(), now(), 'key:test', n % 3 from generate_series(1, 100) n`;
    expect(await dispatchDue()).toBe(20);
    expect(await dispatchDue()).toBe(0);
    expect(await engine().depth('default')).toBe(20);
    const sent = await database.sql<
      { priority: number }[]
    >`select distinct priority from tasks where state = 'pending' and dispatch_at > clock_timestamp()`;
    expect(sent).toEqual([{ priority: 2 }]);
  });

  it('makes delayed tasks pending when they are due', async () => {
    const { id } = await submit(testActor, { ...probe, delayMs: 60_000 });
    expect(await promoteDue()).toBe(0);
    await database.sql`update tasks set run_at = clock_timestamp() where id = ${id}`;
    expect(await promoteDue()).toBe(1);
    expect((await getTask(id))?.state).toBe('pending');
  });
});
