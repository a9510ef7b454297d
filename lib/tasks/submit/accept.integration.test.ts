import { v7 as uuidv7 } from 'uuid';
import { db, type Sql, useDatabase } from '#lib/db/index';
import { closeEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { useTestEngine } from '../../../scripts/testing/engines.ts';
import { createProbe, testActor } from '../../../workers/testing.ts';
import { dispatchSettled } from '../dispatch/dispatch.ts';
import { publishDefinitions, submit, submitMany } from '../index.ts';
import type { SubmitInput } from './submit-schema.ts';
import { writeLinked } from './linked.ts';
import { prepare } from './prepare.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  await publishDefinitions([createProbe().definition]);
});
afterEach(() => useDatabase(database.sql));
afterAll(async () => {
  await dispatchSettled();
  await flushFeed();
  await closeEngine();
  await database.drop();
});

const probe = { definition: 'probe', payload: { do: 'return' } };
const lost = () => Object.assign(new Error('write CONNECTION_CLOSED'), { code: 'CONNECTION_CLOSED' });
const count = async () => (await database.sql`select from tasks`).count;

/** The database, but the first insert of tasks, or the first transaction, loses its connection before or after its commit. */
function loseConnection(when: 'before' | 'after'): void {
  const sql = database.sql;
  let seen = false;
  const once = async (work: () => Promise<unknown>) => {
    seen = true;
    if (when === 'after') await work();
    throw lost();
  };
  const changed = (strings: TemplateStringsArray, ...values: never[]) =>
    !seen && strings.join('').includes('insert into tasks')
      ? once(() => sql(strings, ...values).execute())
      : sql(strings, ...values);
  const begin = (work: never) => (seen ? sql.begin(work) : once(() => sql.begin(work)));
  useDatabase(Object.assign(changed, sql, { begin }) as unknown as Sql);
}

const ways = {
  'a task': async () => [await submit(testActor, probe)],
  'a task with a unique key': async () => [await submit(testActor, { ...probe, unique: { key: uuidv7() } })],
  'a batch': () => submitMany(testActor, [probe, probe]),
};

describe.each(Object.entries(ways))('%s whose connection broke', (_, way) => {
  it('after the commit is accepted, once', async () => {
    const before = await count();
    loseConnection('after');
    const submitted = await way();
    expect(submitted.every(({ duplicate }) => !duplicate)).toBe(true);
    const ids = submitted.map(({ id }) => id);
    expect(await db()`select from tasks where id = any(${ids})`).toHaveLength(ids.length);
    expect(await count()).toBe(before + ids.length);
  });

  it('before the commit is said to be uncertain, and not inserted anew', async () => {
    const before = await count();
    loseConnection('before');
    await expect(way()).rejects.toMatchObject({
      code: 'unavailable',
      hint: expect.stringContaining('Idempotency-Key') as string,
    });
    expect(await count()).toBe(before);
  });
});

it('a repeat whose connection broke is answered with the task of its idempotency key', async () => {
  const first = await submit(testActor, probe, { idempotencyKey: 'again' });
  loseConnection('after');
  expect(await submit(testActor, probe, { idempotencyKey: 'again' })).toEqual({ ...first, duplicate: true });
});

/** Submits in transactions that run beside each other, as those of several processes do; one process would queue them. */
const submitApart = async (inputs: SubmitInput[]): Promise<string[]> => {
  const tasks = await Promise.all(inputs.map((input) => prepare(testActor, input, {})));
  const { answers } = await database.sql.begin((tx) => writeLinked(tx, tasks));
  return answers.map(({ id }) => id);
};

it.each<[string, Partial<SubmitInput>]>([
  ['unique', { unique: { key: 'one' } }],
  ['debounce', { debounce: { key: 'one', delayMs: 60_000 } }],
])('of submits that name one %s key in many transactions, one makes the task', async (_, options) => {
  const all = await Promise.all(Array.from({ length: 40 }, () => submitApart([{ ...probe, ...options }])));
  expect(new Set(all.flat()).size).toBe(1);
});

it('of submits that supersede each other in many transactions, one is left', async () => {
  const all = await Promise.all(
    Array.from({ length: 40 }, () => submitApart([{ ...probe, supersede: { key: 'one' } }])),
  );
  const ids = all.flat();
  expect(await database.sql`select from tasks where id = any(${ids}) and state = 'pending'`).toHaveLength(1);
});

it('transactions that name the same keys and tasks in opposite orders all come through', async () => {
  const parents = await submitMany(testActor, [probe, probe, probe]);
  const tasks = parents.map(({ id }, n) => ({
    ...probe,
    dependsOn: [id],
    supersede: { key: `s${n}` },
    debounce: { key: `d${n}`, delayMs: 60_000 },
  }));
  const orders = Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? tasks : tasks.toReversed()));
  const all = await Promise.all(orders.map(submitApart));
  expect(new Set(all.flat()).size).toBe(3);
});
