import { v7 as uuidv7 } from 'uuid';
import { db, type Sql, useDatabase } from '#lib/db/index';
import { metrics } from '#lib/observability/index';
import { closeEngine, engine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import type { Definition } from '#lib/tasks/define';
import { getTask, listLogs, publishDefinitions, submit, writeLogs } from '#lib/tasks/index';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { createProbe, testActor, waitFor, waitForState } from '../testing.ts';
import { type Claimed, createClaim } from './claim.ts';
import { createFinish, endAttempts } from './finish.ts';
import { createProgress } from './progress.ts';
import { startRunner } from './runner.ts';
import { createTaskLog } from './task-log.ts';

const probe = createProbe();
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  await publishDefinitions([probe.definition]);
});
afterEach(() => useDatabase(database.sql));
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

async function insertTask(state: 'pending' | 'running'): Promise<Claimed> {
  const id = uuidv7();
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at,
      submitted_by, fence, attempt, started_at)
    values (${id}, 'probe', 'default', ${state}, '{}', 3, '{}', 1000, now(), now(), now() + interval '1 hour', 'user:test',
      1, 1, now())`;
  return { id, fence: 1, attempt: 1 } as Claimed;
}

const completed = { state: 'completed', outcome: 'success', result: 'kept' } as const;

/** The database, but what comes of the first statement that updates tasks goes through `change`. */
function changeFirstUpdate(change: (answer: Promise<unknown>) => Promise<unknown>, statement = 'update tasks'): void {
  let seen = false;
  const sql = database.sql;
  const changed = (strings: TemplateStringsArray, ...values: never[]) => {
    const query = sql(strings, ...values);
    // Names are quoted by the same function.
    if (seen || !Array.isArray(strings) || !strings.join('').includes(statement)) return query;
    seen = true;
    return change(query.execute());
  };
  useDatabase(Object.assign(changed, sql) as unknown as Sql);
}

/** The statement commits, and the connection is lost before its answer comes. */
const loseFirstAnswer = () =>
  changeFirstUpdate(async (answer) => {
    await answer;
    throw Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
  });

describe('a claim', () => {
  it('that came through although its answer was lost is held', async () => {
    const { id } = await insertTask('pending');
    loseFirstAnswer();
    expect(await createClaim('w')({ taskId: id, gen: 1 })).toMatchObject({ id, fence: 2, attempt: 2, payload: {} });
  });

  it('of a job that is none gets nothing, and spoils no other', async () => {
    const { id } = await insertTask('pending');
    const claim = createClaim('w');
    const jobs = [
      { taskId: id, gen: 1 },
      {},
      { taskId: 'x', gen: 1 },
      { taskId: id, gen: 'one' },
      { taskId: id, gen: 2 ** 40 },
    ];
    const claims = await Promise.all(jobs.map((job) => claim(job as { taskId: string; gen: number })));
    expect(claims.map((task) => task?.id)).toEqual([id, undefined, undefined, undefined, undefined]);
  });

  it('of a task that waits for room in its concurrency key gets nothing, whoever sent the job', async () => {
    const { id } = await insertTask('pending');
    await database.sql`update tasks set dispatch_at = 'infinity', concurrency_key = 'tenant', concurrency_limit = 1 where id = ${id}`;
    expect(await createClaim('w')({ taskId: id, gen: 1 })).toBeUndefined();
  });

  it('that comes through while the worker stops is given back, uncharged and without a body', async () => {
    let answer = (): void => undefined;
    const told = new Promise<void>((resolve) => (answer = resolve));
    const bodies: string[] = [];
    // The body that runs already hears that the worker stops, and only then is the second claim answered.
    const run: Definition['run'] = (_, task) => {
      bodies.push(task.id);
      return new Promise((resolve) => task.signal.addEventListener('abort', () => resolve(answer()), { once: true }));
    };
    const queues = [{ name: 'default', concurrency: 2 }];
    const definitions = new Map([['probe', { ...probe.definition, run }]]);
    const runner = await startRunner({ workerId: 'w', definitions, queues, graceMs: 50 });
    const submitProbe = () => submit(testActor, { definition: 'probe', payload: { do: 'return' } });
    const first = await submitProbe();
    await waitFor('the first body', async () => bodies.length === 1);
    changeFirstUpdate(async (claimed) => {
      const rows = await claimed;
      await told;
      return rows;
    }, "set state = 'running'");
    const { id } = await submitProbe();
    await waitForState(id, ['running']);
    await runner.stop();
    expect(await getTask(id)).toMatchObject({ state: 'pending', attempt: 0 });
    expect(bodies).toEqual([first.id]);
  });
});

test('a task that this worker lost and was given again is still held when its first body ends', async () => {
  const queues = [{ name: 'default', concurrency: 2 }];
  const definitions = new Map([
    ['probe', { ...probe.definition, run: () => bodies.shift() ?? Promise.reject(new Error()) }],
  ]);
  let endFirst = (): void => undefined;
  let endSecond = (): void => undefined;
  const bodies = [new Promise<void>((end) => (endFirst = end)), new Promise<void>((end) => (endSecond = end))];
  const runner = await startRunner({ workerId: 'w', definitions, queues, graceMs: 50 });
  const { id } = await submit(testActor, { definition: 'probe', payload: { do: 'return' } });
  await waitForState(id, ['running']);
  await database.sql`update tasks set state = 'pending', gen = gen + 1 where id = ${id}`;
  await engine().add('default', [{ taskId: id, gen: 2, name: 'probe', priority: 0 }]);
  await waitFor('the second body', async () => bodies.length === 0);
  const refused = await staleWrites();
  endFirst();
  await waitFor('the first ending to be refused', async () => (await staleWrites()) > refused);
  expect(runner.running()).toHaveLength(1);
  endSecond();
  await waitForState(id, ['completed']);
  await runner.stop();
});

async function staleWrites(): Promise<number> {
  const { values } = await metrics.staleWritesRejectedTotal.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}

describe('an ending', () => {
  it('that came through although its answer was lost is known to have', async () => {
    const { id } = await insertTask('running');
    loseFirstAnswer();
    expect(await createFinish()({ id, fence: 1, ending: completed })).toMatchObject({ id, state: 'completed' });
    expect(await getTask(id)).toMatchObject({ state: 'completed', result: 'kept' });
  });

  it('of a lost attempt is refused although the one after it ends at the same time', async () => {
    const { id } = await insertTask('running');
    await database.sql`update tasks set fence = 2 where id = ${id}`;
    const finish = createFinish();
    const endings = await Promise.all([
      finish({ id, fence: 1, ending: { ...completed, result: 'stale' } }),
      finish({ id, fence: 2, ending: completed }),
    ]);
    expect(endings).toMatchObject([undefined, { id, fence: 2 }]);
    expect(await getTask(id)).toMatchObject({ state: 'completed', result: 'kept' });
  });

  it('takes its rows in the same order as the progress of the same tasks', async () => {
    const first = await insertTask('running');
    const second = await insertTask('running');
    const [one, two] = [createProgress(second), createProgress(first)];
    await database.sql.begin(async (tx) => {
      await tx`select from tasks where id = ${first.id} for no key update`;
      one.report(0.5);
      two.report(0.5);
      await waitFor('the progress to wait for the first row', async () => {
        const [row] = await database.sql<{ n: number }[]>`select count(*) as n from pg_locks where not granted`;
        return row?.n === 1;
      });
      // Had the progress taken this row already, each would now wait for the other.
      await expect(tx`select from tasks where id = ${second.id} for no key update nowait`).resolves.toHaveLength(1);
    });
    await waitFor('both', async () => (await getTask(first.id))?.progress && (await getTask(second.id))?.progress);
    one.stop();
    two.stop();
  });

  it('does not keep lines of the same task waiting', async () => {
    const { id, fence } = await insertTask('running');
    await database.sql.begin(async (tx) => {
      await endAttempts(tx, [{ id, fence, ending: completed }]);
      await writeLogs([
        { taskId: id, seq: 1, attempt: 1, at: new Date(), level: 'info', message: 'late', fields: null },
      ]);
    });
    expect((await listLogs(id)).lines).toHaveLength(1);
  });
});

test('a body that goes on after its attempt has ended moves no bar', async () => {
  const task = await insertTask('running');
  const progress = createProgress(task);
  progress.stop();
  progress.report(0.9);
  await flushFeed();
  expect(await db()`select from realtime.messages where topic = ${`task:${task.id}`}`).toHaveLength(0);
});

test('the last step is in the row when the attempt ends, however soon it came after another', async () => {
  const task = await insertTask('running');
  const progress = createProgress(task);
  progress.report(0.5);
  progress.report(0.75);
  progress.stop();
  await progress.flush();
  expect(await getTask(task.id)).toMatchObject({ progress: { fraction: 0.75 } });
});

test('a line whose fields Postgres would refuse is kept all the same', async () => {
  const task = await insertTask('running');
  const { log, flush } = createTaskLog(task);
  log.info('half', { text: 'a\ud800\u0000', escaped: '\\u0000', big: 1n });
  await flush();
  expect((await listLogs(task.id)).lines).toMatchObject([
    { fields: { text: 'a\ufffd\ufffd', escaped: '\\u0000', big: '1' } },
  ]);
});
