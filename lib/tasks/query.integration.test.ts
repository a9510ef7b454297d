import { type Sql, useDatabase } from '#lib/db/index';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { listTasks, recentFailures } from './index.ts';
import type { TaskState } from './state.ts';

jest.setTimeout(60_000);

let database: TestDatabase;

/** 20,000 tasks, of which the oldest tenth failed, the very oldest were abandoned, and all others completed. */
beforeAll(async () => {
  database = await testDatabase();
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
    select ('0198c0de-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'probe', case when n % 2 = 0 then 'default' else 'other' end,
      (case when n <= 10 then 'abandoned' when n <= 2000 then 'failed' else 'completed' end)::task_state,
      '{}', 1, '{}', 1000, now(), now(), now(), 'user:test'
    from generate_series(1, 20000) n`;
  await database.sql`analyze tasks`;
});
afterAll(() => database.drop());

const number = ({ id }: { id: string }) => Number(id.slice(-12));

test('a page of some states is the newest of them all, in order, and goes on where it ended', async () => {
  const states: TaskState[] = ['abandoned', 'failed'];
  const first = await listTasks({ states, limit: 3 });
  expect(first.tasks.map(number)).toEqual([2000, 1999, 1998]);
  const last = await listTasks({ states, limit: 12, cursor: '0198c0de-0000-7000-8000-000000000013', queue: 'default' });
  expect(last.tasks.map(number)).toEqual([12, 10, 8, 6, 4, 2]);
  expect(last.nextCursor).toBeNull();
});

test.each<TaskState[][]>([[['failed']], [['failed', 'abandoned']], [['cancelled', 'paused']]])(
  'a page of %j does not read the many newer tasks of other states',
  async (states) => {
    const read = await database.sql.begin(async (tx) => {
      useDatabase(tx as unknown as Sql);
      await listTasks({ states, limit: 50 });
      const [row] = await tx<{ n: number }[]>`
        select seq_tup_read + idx_tup_fetch as n from pg_stat_xact_user_tables where relname = 'tasks'`;
      return row?.n;
    });
    useDatabase(database.sql);
    expect(read).toBeLessThan(1_000);
  },
);

test('the latest failures are those that ended last, whenever they were submitted', async () => {
  const ids = [5, 700, 1999].map((n) => `0198c0de-0000-7000-8000-${String(n).padStart(12, '0')}`);
  for (const [index, id] of ids.entries())
    await database.sql`update tasks set finished_at = now() - ${index} * interval '1 minute' where id = ${id}`;
  await database.sql`update tasks set finished_at = now() - interval '1 day' where finished_at is null and state <> 'completed'`;
  expect((await recentFailures()).slice(0, 3).map(number)).toEqual([5, 700, 1999]);
});
