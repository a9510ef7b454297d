import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { dueNext, listTasks, longestRunning } from '../index.ts';
import { insertTask } from '../testing/insert.ts';
import type { TaskState } from '../state.ts';

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

test('the overview names the tasks that run longest and those that are due next', async () => {
  const minute = (n: number) => new Date(Date.now() + n * 60_000);
  const running = [
    await insertTask({ state: 'running', started_at: minute(-9) }),
    await insertTask({ state: 'running', started_at: minute(-3) }),
  ];
  const due = [
    await insertTask({ state: 'retrying', run_at: minute(1) }),
    await insertTask({ state: 'scheduled', run_at: minute(5) }),
  ];
  expect((await longestRunning()).map(({ id }) => id)).toEqual(running);
  expect((await dueNext()).map(({ id }) => id)).toEqual(due);
});
