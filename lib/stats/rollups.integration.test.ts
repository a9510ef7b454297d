import { ensureQueues } from '#lib/queues/index';
import { db, type Sql, useDatabase } from '#lib/db/index';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { insertTask } from '../tasks/testing/insert.ts';
import {
  foldChanges,
  forgetRollups,
  readCounts,
  readDefinitionRates,
  readFailureGroups,
  readQueueLevels,
  readQueueRates,
  readStats,
} from './index.ts';
import { statsWindows } from './types.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
beforeEach(async () => {
  await database.sql`truncate tasks cascade`;
  while (await foldChanges());
  await database.sql`truncate task_rollups`;
});
afterAll(() => database.drop());

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

/** A task that waited and ran for so long, and then ended as the runner ends it. */
async function run({ waited = 100, ran = 1_000, state = 'completed', ...columns }: Record<string, unknown> = {}) {
  const times = { ready_at: ago((Number(waited) + Number(ran)) / 1_000), started_at: ago(Number(ran) / 1_000) };
  const id = await insertTask({ state: 'running', ...times, ...columns });
  await db()`update tasks set state = ${String(state)}::task_state, finished_at = clock_timestamp() where id = ${id}`;
  return id;
}

describe('the figures of a window', () => {
  it('count what was submitted and what ended, with how long it took', async () => {
    for (let n = 0; n < 9; n += 1) await run({ waited: 100, ran: 2_000 });
    await run({ waited: 10_000, ran: 60_000, state: 'failed', attempt: 3 });
    await foldChanges();
    const stats = await readStats('1h');
    expect(stats.totals).toEqual({ submitted: 10, completed: 9, failed: 1, cancelled: 0, abandoned: 0 });
    expect(stats.retries).toBe(2);
    expect(stats.points).toHaveLength(60);
    expect(stats.points.reduce((sum, point) => sum + point.completed, 0)).toBe(9);
    expect(stats.wait?.p50).toBeGreaterThan(80);
    expect(stats.wait?.p50).toBeLessThan(200);
    expect(stats.run?.p50).toBeGreaterThan(1_600);
    expect(stats.run?.p50).toBeLessThan(2_500);
    expect(stats.run?.p99).toBeGreaterThan(48_000);
  });

  it('are kept by definition and by queue', async () => {
    await run({ definition: 'a', queue: 'x' });
    await run({ definition: 'b', queue: 'x' });
    await foldChanges();
    expect((await readStats('15m', { definition: 'a' })).totals.completed).toBe(1);
    expect((await readStats('24h', { queue: 'x' })).totals.completed).toBe(2);
    expect((await readStats('7d', { queue: 'y' })).totals.completed).toBe(0);
  });

  it('say the same however often they were folded', async () => {
    for (let n = 0; n < 4; n += 1) {
      await run();
      await foldChanges();
    }
    expect((await readStats('1h')).totals).toMatchObject({ submitted: 4, completed: 4 });
    const [row] = await database.sql<{ runs: number[] }[]>`
      select runs from task_rollups where unit = 'hour' and scope = 'all' and event = 'completed'`;
    expect(row?.runs.reduce((sum, n) => sum + n, 0)).toBe(4);
  });

  it('do not count an archive, a dismissal or a purge as an end, and a redrive takes nothing back', async () => {
    const [archived, dismissed, redriven] = [
      await run(),
      await run({ state: 'failed' }),
      await run({ state: 'failed' }),
    ];
    await database.sql`update tasks set archived_at = now() where id = ${archived}`;
    await database.sql`update tasks set dismissed_at = now() where id = ${dismissed}`;
    await database.sql`update tasks set state = 'pending', gen = gen + 1, finished_at = null where id = ${redriven}`;
    await database.sql`delete from tasks`;
    await foldChanges();
    expect((await readStats('1h')).totals).toMatchObject({ submitted: 3, completed: 1, failed: 2 });
  });

  it('know of tasks that came with their history', async () => {
    await insertTask({
      state: 'completed',
      created_at: ago(7_200),
      ready_at: ago(7_200),
      started_at: ago(7_000),
      finished_at: ago(6_900),
    });
    await foldChanges();
    expect((await readStats('1h')).totals).toMatchObject({ submitted: 0, completed: 0 });
    const day = await readStats('24h');
    expect(day.totals).toMatchObject({ submitted: 1, completed: 1 });
    expect(day.run?.p50).toBeGreaterThan(81_000);
  });

  it('know no retries of a task that was cancelled before it ran', async () => {
    const id = await insertTask();
    await db()`update tasks set state = 'cancelled', finished_at = clock_timestamp() where id = ${id}`;
    await foldChanges();
    expect(await readStats('1h')).toMatchObject({ totals: { cancelled: 1 }, retries: 0 });
  });

  it('leave cancelled tasks out of the times', async () => {
    await run({ state: 'cancelled' });
    await foldChanges();
    expect(await readStats('1h')).toMatchObject({ totals: { cancelled: 1 }, run: null, wait: null });
  });
});

it('the rate of a queue is that of the last five minutes', async () => {
  for (let n = 0; n < 5; n += 1) await run({ queue: 'fast' });
  await insertTask({ queue: 'old', created_at: ago(600) });
  await foldChanges();
  const rates = await readQueueRates();
  expect(rates.map(({ queue }) => queue)).toEqual(['fast']);
  expect(rates[0]?.endedPerMinute).toBeGreaterThanOrEqual(1);
  expect(rates[0]?.endedPerMinute).toBeLessThanOrEqual(1.25);
});

it('a definition has its last 24 hours', async () => {
  await run({ definition: 'a' });
  await run({ definition: 'a', state: 'failed' });
  await insertTask({ definition: 'idle' });
  await foldChanges();
  const rates = await readDefinitionRates();
  expect(rates.map(({ definition }) => definition)).toEqual(['a']);
  expect(rates[0]?.hours).toHaveLength(24);
  const happened = rates[0]?.hours.filter(({ ended }) => ended > 0) ?? [];
  expect(happened.reduce((sum, { ended }) => sum + ended, 0)).toBe(2);
  expect(happened.reduce((sum, { failed }) => sum + failed, 0)).toBe(1);
});

it('a queue has its depth and how long its oldest task waits', async () => {
  await ensureQueues(['mail', 'slow']);
  await insertTask({ queue: 'mail', ready_at: ago(60) });
  await insertTask({ queue: 'mail', ready_at: ago(5) });
  await insertTask({ queue: 'mail', state: 'running' });
  await insertTask({ queue: 'slow', state: 'running' });
  const levels = await readQueueLevels();
  const mail = levels.find(({ queue }) => queue === 'mail');
  expect(mail).toMatchObject({ waiting: 2, running: 1 });
  expect(mail?.oldestWaitingSeconds).toBeGreaterThanOrEqual(60);
  expect(levels.find(({ queue }) => queue === 'slow')).toMatchObject({
    waiting: 0,
    running: 1,
    oldestWaitingSeconds: null,
  });
});

it('failures stand by cause, the newest first, without those that were dismissed', async () => {
  const failed = (fingerprint: string, seconds: number, more: Record<string, unknown> = {}) =>
    insertTask({
      state: 'failed',
      error_fingerprint: fingerprint.repeat(16),
      finished_at: ago(seconds),
      error: { name: 'Error', message: fingerprint },
      ...more,
    });
  await failed('a', 30);
  await failed('a', 5, { definition: 'other' });
  await failed('b', 20);
  await failed('c', 1, { dismissed_at: new Date() });
  await failed('d', 100);
  expect(await readFailureGroups(ago(60))).toMatchObject([
    { fingerprint: 'a'.repeat(16), count: 2, more: false, definitions: ['other', 'probe'], sampleMessage: 'a' },
    { fingerprint: 'b'.repeat(16), count: 1 },
  ]);
});

it('forgets minutes after two days and hours after 90', async () => {
  await database.sql`
    insert into task_rollups (unit, scope, name, start, event, n)
    select unit, 'all', '', now() - age, 'submitted', 1
    from (values ('minute'), ('hour')) u (unit), (values (interval '47 hours'), (interval '49 hours'), (interval '91 days')) a (age)`;
  expect(await forgetRollups()).toBe(false);
  const left = await database.sql<
    { unit: string; n: number }[]
  >`select unit, count(*) as n from task_rollups group by unit order by unit`;
  expect([...left]).toEqual([
    { unit: 'hour', n: 2 },
    { unit: 'minute', n: 1 },
  ]);
});

it('reads next to nothing of the tasks, however many there are', async () => {
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at,
      submitted_by, finished_at)
    select gen_random_uuid(), 'd', 'q', (case when n % 10 = 0 then 'failed' else 'completed' end)::task_state, '{}', 1, '{}', 1000,
      now(), now(), now(), 'key:test', now() - n * interval '1 minute'
    from generate_series(1, 20000) n`;
  await database.sql`analyze tasks`;
  await foldChanges();
  const read = await database.sql.begin(async (tx) => {
    useDatabase(tx as unknown as Sql);
    for (const window of statsWindows) await readStats(window);
    await readQueueRates();
    await readQueueLevels();
    await readDefinitionRates();
    await readFailureGroups(ago(3_600));
    expect(await readCounts()).toMatchObject({ completed: 18_000, failed: 2_000 });
    const [row] = await tx<{ n: number }[]>`
      select seq_tup_read + idx_tup_fetch as n from pg_stat_xact_user_tables where relname = 'tasks'`;
    return row?.n;
  });
  useDatabase(database.sql);
  expect(read).toBeLessThan(100);
});
