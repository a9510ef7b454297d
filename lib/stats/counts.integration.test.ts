import fc from 'fast-check';
import { db, type Sql, useDatabase } from '#lib/db/index';
import { applyVerb } from '#lib/tasks/index';
import { insertTask } from '../tasks/testing/insert.ts';
import { terminalStates, type TaskState, taskStates } from '#lib/tasks/state';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { foldChanges, readCounts, readCountsBy } from './index.ts';

jest.setTimeout(120_000);

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

const counted = (by: string) => database.sql<{ value: string; count: number }[]>`
  select ${database.sql(by)}::text as value, count(*) as count from tasks where archived_at is null group by 1 order by 2 desc, 1`;

async function expectTrue(): Promise<void> {
  for (const by of ['state', 'definition', 'queue'] as const)
    expect(await readCountsBy(by)).toEqual([...(await counted(by))]);
}

const someIds = async (states: readonly TaskState[], n: number): Promise<string[]> => {
  const rows = await db()<{ id: string }[]>`
    select id from tasks where state::text = any(${[...states]}::text[]) order by md5(id::text) limit ${n}`;
  return rows.map(({ id }) => id);
};

const verb = (name: Parameters<typeof applyVerb>[1], states: readonly TaskState[]) => async (n: number) =>
  void (await applyVerb(db(), name, await someIds(states, n), { by: 'key:test', again: true }));

/** What happens to tasks, each to n of them in one statement. */
const operations = {
  submit: (n) => db()`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
    select gen_random_uuid(), 'd' || i % 3, 'q' || i % 2, 'pending', '{}', 3, '{}', 1000, now(), now(), now(), 'key:test'
    from generate_series(1, ${n}) i`,
  claim: async (n) => db()`
    update tasks set state = 'running', fence = fence + 1, attempt = attempt + 1, started_at = clock_timestamp()
    where id = any(${await someIds(['pending'], n)})`,
  beat: async (n) => db()`update tasks set lease_until = now() where id = any(${await someIds(['running'], n)})`,
  finish: async (n) => db()`
    update tasks set state = 'completed', finished_at = clock_timestamp() where id = any(${await someIds(['running'], n)})`,
  fail: async (n) => db()`
    update tasks set state = 'failed', finished_at = clock_timestamp() where id = any(${await someIds(['running'], n)})`,
  cancel: verb('cancel', ['pending', 'running', 'paused']),
  pause: verb('pause', ['pending']),
  resume: verb('resume', ['paused']),
  archive: verb('archive', terminalStates),
  unarchive: verb('unarchive', terminalStates),
  redrive: verb('redrive', terminalStates),
  dismiss: verb('dismiss', ['failed']),
  undismiss: verb('undismiss', ['failed']),
  purge: verb('purge', terminalStates),
  delete: async (n) => db()`delete from tasks where id = any(${await someIds(taskStates, n)})`,
  rollBack: (n) =>
    db()
      .begin(async (tx) => {
        await tx`delete from tasks where id = any(${await someIds(taskStates, n)})`;
        throw new Error('rolled back');
      })
      .catch((error: Error) => expect(error.message).toBe('rolled back')),
  fold: () => foldChanges(),
} satisfies Record<string, (n: number) => Promise<unknown>>;

const names = Object.keys(operations) as (keyof typeof operations)[];
const steps = fc.array(
  fc.tuple(fc.constantFrom('submit' as const, 'claim' as const, ...names), fc.integer({ min: 1, max: 30 })),
  {
    minLength: 10,
    maxLength: 40,
  },
);

it('agrees with a count of the rows after every step, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      for (const [name, n] of steps) {
        await operations[name](n);
        await expectTrue();
      }
    }),
    { numRuns: 25 },
  );
});

it('agrees at every moment while others write and fold', async () => {
  let ended = false;
  const work = Promise.all([
    (async () => {
      for (const [name, n] of fc.sample(steps, 12).flat()) await operations[name](n);
      ended = true;
    })(),
    (async () => {
      while (!ended) await foldChanges();
    })(),
  ]);
  let compared = 0;
  while (!ended) {
    // One statement, one snapshot.
    const [row] = await database.sql<{ known: object; true: object }[]>`
      with known as (
        select state, sum(n) as n
        from (select state, n from task_counts union all select state, n from task_changes) k group by state having sum(n) <> 0
      ), counted as (select state, count(*) as n from tasks where archived_at is null group by state)
      select (select jsonb_object_agg(state, n) from known) as known, (select jsonb_object_agg(state, n) from counted) as true`;
    expect(row?.known).toEqual(row?.true);
    compared += 1;
  }
  await work;
  expect(compared).toBeGreaterThan(5);
  await expectTrue();
});

it('loses nothing when a fold does not come to its commit', async () => {
  await operations.submit(20);
  const killed = database.sql.begin(async (tx) => {
    useDatabase(tx as unknown as Sql);
    await foldChanges();
    expect(await tx`select from task_changes`).toHaveLength(0);
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  useDatabase(database.sql);
  expect(await database.sql`select from task_changes`).not.toHaveLength(0);
  await expectTrue();
});

it('folds all notes, and none is left', async () => {
  while (await foldChanges());
  expect(await database.sql`select from task_changes`).toHaveLength(0);
  await expectTrue();
});

it('two folds at once count each note once', async () => {
  await operations.submit(30);
  await operations.claim(10);
  await Promise.all(Array.from({ length: 4 }, foldChanges));
  await expectTrue();
});

it('narrows to definitions, queues and states', async () => {
  await insertTask({ state: 'failed', definition: 'narrow', queue: 'a' });
  await insertTask({ state: 'failed', definition: 'narrow', queue: 'b' });
  await insertTask({ state: 'pending', definition: 'narrow', queue: 'b' });
  expect(await readCounts({ definition: 'narrow' })).toMatchObject({ failed: 2, pending: 1, running: 0 });
  expect(await readCounts({ definition: 'narrow', queue: 'b' })).toMatchObject({ failed: 1, pending: 1 });
  expect(await readCountsBy('queue', { definitions: ['narrow'], states: ['failed'] })).toEqual([
    { value: 'a', count: 1 },
    { value: 'b', count: 1 },
  ]);
});

it('is empty again after a truncate, folded or not', async () => {
  await operations.submit(5);
  await foldChanges();
  await operations.submit(5);
  await database.sql`truncate tasks cascade`;
  await expectTrue();
  expect(await readCountsBy('state')).toEqual([]);
});
