import { closeDatabase, openDatabase, useDatabase } from '#lib/db/index';
import { closeEngine, openEngine, useEngine } from '#lib/queues/index';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import type { Health } from './check.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

/** A new answer, not the one of a moment ago. */
async function fresh(): Promise<Health> {
  const { checkHealth } = await import('./check.ts');
  jest.spyOn(Date, 'now').mockReturnValueOnce(Date.now() + 3_600_000 * (fresh.calls += 1));
  return checkHealth();
}
fresh.calls = 0;

test.each(['redis', 'postgres'] as const)('%s as the engine answers', async (kind) => {
  const engine = await useTestEngine(kind);
  while (!(await engine.ping()).ok) await new Promise((resolve) => setTimeout(resolve, 10));
  expect((await fresh()).parts.queue).toEqual({ ok: true, detail: `${kind} answers` });
});

test('without the queue engine tasks are still accepted', async () => {
  await closeEngine();
  useEngine(openEngine({ kind: 'redis', redisUrl: 'redis://127.0.0.1:9', prefix: 'away' }));
  const health = await fresh();
  expect(health).toMatchObject({ status: 'degraded', accepting: true, parts: { queue: { ok: false } } });
  expect(JSON.stringify(health)).not.toContain('127.0.0.1');
  await useTestEngine('redis');
});

test('a worker that lives is counted, one that is draining or dead is not', async () => {
  await database.sql`
    insert into workers (id, host, pid, version, queues, slots, state, beat_at) values
      ('a', 'h', 1, '1', '{default}', 20, 'running', now()),
      ('b', 'h', 2, '1', '{default}', 20, 'draining', now()),
      ('c', 'h', 3, '1', '{default}', 20, 'running', now() - interval '1 hour')`;
  expect((await fresh()).parts.workers).toEqual({ ok: true, detail: '1 alive' });
});

test('a worker that beats and takes nothing is no good one', async () => {
  await database.sql`update workers set healthy = false where id = 'a'`;
  expect((await fresh()).parts.workers).toEqual({ ok: false, detail: '1 of 1 take nothing' });
  await database.sql`update workers set healthy = true where id = 'a'`;
});

test('without Postgres it is down, and says so within its time', async () => {
  useDatabase(openDatabase('postgres://nobody:hunter2@127.0.0.1:9/none'));
  try {
    const started = performance.now();
    const health = await fresh();
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(health).toMatchObject({
      status: 'down',
      accepting: false,
      parts: { database: { ok: false, detail: 'does not answer' } },
    });
    expect(JSON.stringify(health)).not.toMatch(/hunter2|127/);
  } finally {
    await closeDatabase(0);
    useDatabase(database.sql);
  }
});

test('a read-only Postgres accepts nothing', async () => {
  const readOnly = openDatabase(`${database.url}?default_transaction_read_only=on`);
  useDatabase(readOnly);
  try {
    expect(await fresh()).toMatchObject({
      status: 'down',
      accepting: false,
      parts: { database: { detail: 'is read-only' } },
    });
  } finally {
    await readOnly.end();
    useDatabase(database.sql);
  }
});
