import { flushFeed } from '#lib/realtime/index';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { createRetention, getTask } from '../index.ts';
import { insertTask } from '../testing/insert.ts';

const dayMs = 86_400_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.sql`
    insert into task_definitions (name, title, queue, payload_schema, retry, timeout_ms, retention_ms)
    values ('kept-a-day', 'A day', 'default', '{}', '{}', 1000, ${dayMs}), ('kept', 'For ever', 'default', '{}', '{}', 1000, null)`;
});
afterAll(() => database.drop());

/** Ids say when a task was made. */
async function old(columns: Parameters<typeof insertTask>[0], daysAgo = 2): Promise<string> {
  const made = await insertTask({ finished_at: new Date(Date.now() - daysAgo * dayMs), ...columns });
  const id = `016f5e66-e800-7000-8000-${made.slice(-12)}`;
  await database.sql`update tasks set id = ${id} where id = ${made}`;
  return id;
}

const isThere = async (id: string) => (await getTask(id)) !== null;

test('deletes what ended longer ago than its definition keeps, with all that belongs to it', async () => {
  const gone = await old({ state: 'completed', definition: 'kept-a-day' });
  await database.sql`insert into task_logs (task_id, seq, attempt, at, level, message) values (${gone}, 1, 1, now(), 'info', 'm')`;
  const stay = [
    await old({ state: 'completed', definition: 'kept-a-day' }, 0.5),
    await old({ state: 'completed', definition: 'kept' }),
    await old({ state: 'paused', definition: 'kept-a-day', paused_from: 'pending', finished_at: null }),
  ];
  expect(await createRetention()()).toBe(true);
  expect(await isThere(gone)).toBe(false);
  expect(await database.sql`select from task_logs`).toHaveLength(0);
  for (const id of stay) expect(await isThere(id)).toBe(true);
  await flushFeed();
  expect(await database.sql`select payload from realtime.messages where topic = 'tasks'`).toMatchObject([
    { payload: { tasks: [], untold: ['kept-a-day'] } },
  ]);
});

test('keeps a task for which another still waits', async () => {
  const parent = await old({ state: 'completed', definition: 'kept-a-day', has_dependents: true });
  const child = await insertTask({ state: 'blocked' });
  await database.sql`insert into task_dependencies (task_id, depends_on) values (${child}, ${parent})`;
  await createRetention()();
  expect(await isThere(parent)).toBe(true);
  await database.sql`update tasks set state = 'pending' where id = ${child}`;
  await createRetention()();
  expect(await isThere(parent)).toBe(false);
});

test('is not held up by many tasks that have not ended', async () => {
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
    select ('01600000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'kept-a-day', 'default', 'scheduled', '{}', 1, '{}', 1000,
      '2099-01-01', '2099-01-01', '2099-01-01', 'user:test'
    from generate_series(1, 5000) n`;
  const gone = await old({ state: 'failed', definition: 'kept-a-day' });
  const round = createRetention();
  for (let rounds = 0; rounds < 3; rounds += 1) await round();
  expect(await isThere(gone)).toBe(false);
});
