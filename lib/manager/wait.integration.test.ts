import { v7 as uuidv7 } from 'uuid';
import { openDatabase } from '#lib/db/index';
import { publishTasks } from '#lib/realtime/index';
import type { TaskState } from '#lib/tasks/state';
import { readOutcomes } from '#lib/tasks/index';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { waitForTask } from './wait.ts';
import { insertTask } from '../tasks/testing/insert.ts';
import { createWatcher } from './watcher.ts';

jest.setTimeout(30_000);

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** Rows as another process would have made them: this one hears of nothing. */
const insertTasks = (state: TaskState, count = 1): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => insertTask({ state })));

const end = (ids: string[], state: TaskState = 'completed') => database.sql`
  update tasks set state = ${state}, result = '{"answer": 42}', finished_at = now() where id = any(${ids}::uuid[])`;

test('answers at once when the task has ended, with its result', async () => {
  const [id = ''] = await insertTasks('running');
  await end([id]);
  await expect(waitForTask(id)).resolves.toMatchObject({ id, state: 'completed', result: { answer: 42 }, error: null });
});

test.each(['completed', 'failed', 'cancelled', 'abandoned'] as const)(
  'hears of a task that another process ended as %s',
  async (state) => {
    const [id = ''] = await insertTasks('running');
    const waiting = waitForTask(id);
    await end([id], state);
    await expect(waiting).resolves.toMatchObject({ id, state });
  },
);

test('a failure between two attempts is no end', async () => {
  const [id = ''] = await insertTasks('running');
  const waiting = waitForTask(id);
  await database.sql`update tasks set state = 'retrying', error = '{"message": "no"}' where id = ${id}`;
  await expect(waitForTask(id, { timeoutMs: 300 })).rejects.toMatchObject({ name: 'TimeoutError' });
  await database.sql`update tasks set state = 'pending' where id = ${id}`;
  await database.sql`update tasks set state = 'running', fence = fence + 1 where id = ${id}`;
  await end([id]);
  await expect(waiting).resolves.toMatchObject({ state: 'completed' });
});

test('a thousand waits share their questions, and each gets its own answer', async () => {
  const ids = await insertTasks('running', 1_000);
  const waiting = Promise.all(ids.map((id) => waitForTask(id)));
  await end(ids);
  expect((await waiting).map(({ id }) => id)).toEqual(ids);
});

test('several may wait for the same task', async () => {
  const [id = ''] = await insertTasks('running');
  const waiting = Promise.all([waitForTask(id), waitForTask(id), waitForTask(id)]);
  await end([id]);
  expect((await waiting).map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
});

test('what this process publishes is looked at without waiting for the next poll', async () => {
  const [id = ''] = await insertTasks('running');
  const noPoll = { shortestMs: 3_600_000, longestMs: 3_600_000 };
  const watch = createWatcher(noPoll);
  const { promise: seen, resolve: sawIt } = Promise.withResolvers<void>();
  const ended = new Promise<TaskState>((resolve) => {
    const unwatch = watch(id, (task) => {
      if (task?.state === 'running') return sawIt();
      unwatch();
      resolve(task?.state ?? 'pending');
    });
  });
  await seen;
  await end([id]);
  publishTasks(await readOutcomes([id]));
  await expect(ended).resolves.toBe('completed');
});

test('refuses to wait for a task that is not there, or is deleted meanwhile', async () => {
  await expect(waitForTask(uuidv7())).rejects.toMatchObject({ code: 'not_found' });
  const [id = ''] = await insertTasks('running');
  const waiting = waitForTask(id);
  await database.sql`delete from tasks where id = ${id}`;
  await expect(waiting).rejects.toMatchObject({ code: 'not_found' });
});

test('gives up when it is told to', async () => {
  const [id = ''] = await insertTasks('pending');
  const controller = new AbortController();
  const waiting = waitForTask(id, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(waitForTask(id, { signal: controller.signal })).rejects.toThrow('enough');
});

test('waits on when the connections to Postgres break', async () => {
  const [id = ''] = await insertTasks('running');
  const waiting = waitForTask(id);
  const other = openDatabase(database.url, { max: 1 });
  await other`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await other`update tasks set state = 'completed', finished_at = now() where id = ${id}`;
  await other.end();
  await expect(waiting).resolves.toMatchObject({ state: 'completed' });
});
