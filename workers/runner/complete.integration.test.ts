import { v7 as uuidv7 } from 'uuid';
import { type Queryable, type Sql, useDatabase } from '#lib/db/index';
import { getTask } from '#lib/tasks/index';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { createCompletion } from './complete.ts';
import type { Work } from './context.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.sql`create table effects (task_id uuid primary key)`;
});
afterEach(() => useDatabase(database.sql));
afterAll(() => database.drop());

async function runningTask(): Promise<Work> {
  const id = uuidv7();
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at,
      submitted_by, fence, attempt, started_at)
    values (${id}, 'probe', 'default', 'running', '{}', 3, '{}', 1000, now(), now(), now(), 'user:test', 1, 1, now())`;
  return { id, fence: 1 } as Work;
}

const completionOf = (work: Work, flush = async (): Promise<void> => undefined) => createCompletion(work, flush);
const keep = (work: Work) => async (sql: Queryable) => {
  await sql`insert into effects (task_id) values (${work.id})`;
  return { n: 1 };
};
const kept = async ({ id }: Work) => (await database.sql`select from effects where task_id = ${id}`).length;

/** The database, but what comes of its transactions goes through `change`. */
function changeTransactions(change: (answer: Promise<unknown>) => Promise<unknown>): void {
  const { sql } = database;
  const changed = (strings: TemplateStringsArray, ...values: never[]) => sql(strings, ...values);
  const begin = (work: (tx: never) => Promise<unknown>) => change(sql.begin(work as Parameters<Sql['begin']>[1]));
  useDatabase(Object.assign(changed, sql, { begin }) as unknown as Sql);
}

const connectionLost = () => Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });

test('the effect and the completion are kept together', async () => {
  const work = await runningTask();
  const completion = completionOf(work);
  expect(completion.executed()).toBeUndefined();
  await expect(completion.complete(keep(work))).resolves.toEqual({ n: 1 });
  expect(await getTask(work.id)).toMatchObject({ state: 'completed', result: { n: 1 } });
  expect(await kept(work)).toBe(1);
  expect(completion.executed()).toMatchObject({ ending: { state: 'completed' }, ended: { state: 'completed' } });
});

test('the log is kept first', async () => {
  const work = await runningTask();
  const states: unknown[] = [];
  const completion = completionOf(work, async () => void states.push((await getTask(work.id))?.state));
  await completion.complete(keep(work));
  expect(states).toEqual(['running']);
});

test('the effect of a stale attempt is not kept', async () => {
  const work = await runningTask();
  await database.sql`update tasks set fence = 2 where id = ${work.id}`;
  const completion = completionOf(work);
  await expect(completion.complete(keep(work))).rejects.toMatchObject({ name: 'LeaseLost' });
  expect(await kept(work)).toBe(0);
  expect(completion.executed()).toBeUndefined();
});

test('an effect that fails is not kept, and the task runs on', async () => {
  const work = await runningTask();
  const completion = completionOf(work);
  const failing = async (sql: Queryable) => {
    await keep(work)(sql);
    throw new Error('half way');
  };
  await expect(completion.complete(failing)).rejects.toThrow('half way');
  expect(await kept(work)).toBe(0);
  expect((await getTask(work.id))?.state).toBe('running');
  await expect(completion.complete(keep(work))).resolves.toEqual({ n: 1 });
});

test('an effect whose result is no JSON is not kept', async () => {
  const work = await runningTask();
  const withBigint = async (sql: Queryable) => ({ ...(await keep(work)(sql)), n: 1n });
  await expect(completionOf(work).complete(withBigint)).rejects.toMatchObject({ name: 'PermanentError' });
  expect(await kept(work)).toBe(0);
});

test('a task is completed once', async () => {
  const work = await runningTask();
  const { complete } = completionOf(work);
  await complete(keep(work));
  await expect(complete(async () => 2)).rejects.toThrow('called before');
});

test('a commit that came through although its answer was lost counts', async () => {
  const work = await runningTask();
  changeTransactions(async (answer) => {
    await answer;
    throw connectionLost();
  });
  const completion = completionOf(work);
  await expect(completion.complete(keep(work))).resolves.toEqual({ n: 1 });
  expect(completion.executed()).toMatchObject({ ended: { id: work.id, state: 'completed' } });
});

test('one that did not come through is an error of the body', async () => {
  const work = await runningTask();
  changeTransactions(async (answer) => {
    await answer.catch(() => undefined);
    throw connectionLost();
  });
  const failing = async (sql: Queryable) => {
    await keep(work)(sql);
    await sql`select 1 / 0`;
  };
  const completion = completionOf(work);
  await expect(completion.complete(failing)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  expect(await kept(work)).toBe(0);
  expect(completion.executed()).toBeUndefined();
});
