import { db } from '#lib/db/index';
import { closeEngine, engine, openEngine, useEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { testEngineOptions, useTestEngine } from '../../../scripts/testing/engines.ts';
import { endAttempts } from '../../../workers/runner/finish.ts';
import { createProbe, testActor, waitFor } from '../../../workers/testing.ts';
import { afterEndedSettled } from '../after-ended.ts';
import { dispatchSettled } from './dispatch.ts';
import {
  afterEnded,
  cancelTask,
  pauseTask,
  promoteDue,
  publishDefinitions,
  recoverWipe,
  resumeTask,
  retryTask,
  submit,
} from '../index.ts';
import { lockNames } from '../lock-names.ts';
import type { SubmitInput } from '../submit/submit-schema.ts';

let database: TestDatabase;
let holder: string;
let keys = 0;
let key = '';
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  await publishDefinitions([createProbe().definition]);
});
afterAll(async () => {
  await afterEndedSettled();
  await dispatchSettled();
  await flushFeed();
  await closeEngine();
  await database.drop();
});

const send = (options: Partial<SubmitInput> = {}) =>
  submit(testActor, { definition: 'probe', payload: { do: 'return' }, concurrency: { key }, ...options });

async function run(id: string): Promise<void> {
  await database.sql`update tasks set state = 'running', fence = fence + 1, attempt = attempt + 1, started_at = now(), lease_until = now() + interval '1 hour' where id = ${id}`;
}

// The one place of the key is taken: whatever becomes pending must wait for it.
beforeEach(async () => {
  key = `key-${(keys += 1)}`;
  holder = (await send()).id;
  await afterEndedSettled();
  await run(holder);
});

const ways: Record<string, () => Promise<string>> = {
  'is submitted': async () => (await send()).id,
  'was delayed': async () => {
    const { id } = await send({ delayMs: 60_000 });
    await database.sql`update tasks set run_at = now() where id = ${id}`;
    await promoteDue();
    return id;
  },
  'waits for its next attempt': async () => {
    const { id } = await send();
    await run(id);
    const error = { name: 'Error', message: 'it failed' };
    await endAttempts(db(), [{ id, fence: 1, ending: { state: 'retrying', outcome: 'failure', error, delayMs: 0 } }]);
    await promoteDue();
    return id;
  },
  'is given back by a worker that stops': async () => {
    const { id } = await send();
    await run(id);
    await endAttempts(db(), [{ id, fence: 1, ending: { state: 'pending', outcome: 'released' } }]);
    return id;
  },
  'depended on one that has ended': async () => {
    const parent = await send();
    const { id } = await send({ dependsOn: [parent.id] });
    await run(parent.id);
    await endAttempts(db(), [
      { id: parent.id, fence: 1, ending: { state: 'completed', outcome: 'success', result: 1 } },
    ]);
    afterEnded([{ id: parent.id, state: 'completed', hasDependents: true, concurrencyKey: key }]);
    return id;
  },
  'was paused': async () => {
    const { id } = await send();
    await pauseTask(testActor, id);
    await resumeTask(testActor, id);
    return id;
  },
  'is retried': async () => {
    const { id } = await send();
    await cancelTask(testActor, id);
    await retryTask(testActor, id);
    return id;
  },
};

test.each(Object.entries(ways))(
  'a task that %s waits for room in its concurrency key, and then gets it',
  async (_, way) => {
    const id = await way();
    await afterEndedSettled();
    const read = async () =>
      (await database.sql`select state, dispatch_at = 'infinity' as waits from tasks where id = ${id}`)[0];
    expect(await read()).toEqual({ state: 'pending', waits: true });

    await database.sql`update tasks set state = 'completed' where id = ${holder}`;
    afterEnded([{ id: holder, state: 'completed', hasDependents: false, concurrencyKey: key }]);
    await afterEndedSettled();
    expect(await read()).toEqual({ state: 'pending', waits: false });
  },
);

test('two processes never give the same room away', async () => {
  const { id: first } = await send();
  const { id: better } = await send({ priority: 10 });
  await afterEndedSettled();
  await database.sql`update tasks set state = 'completed' where id = ${holder}`;
  await database.sql.begin(async (tx) => {
    // Another process, which does not know of the better one yet.
    await lockNames(tx, 'admit', [key]);
    await tx`update tasks set dispatch_at = now() where id = ${first}`;
    afterEnded([{ id: holder, state: 'completed', hasDependents: false, concurrencyKey: key }]);
    await waitFor('this process to wait for its turn', async () => {
      const waiting = await database.sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.count > 0;
    });
  });
  await afterEndedSettled();
  expect((await database.sql`select from tasks where id = ${better} and dispatch_at = 'infinity'`).count).toBe(1);
});

test('a wiped Redis gives no room to those that wait for it', async () => {
  const { id } = await send();
  await afterEndedSettled();
  await closeEngine();
  const options = await testEngineOptions('redis');
  if (options.kind !== 'redis') throw new Error('the engine under test is Redis');
  useEngine(openEngine({ ...options, prefix: 'wiped' }));
  await waitFor('the engine', async () => (await engine().ping()).ok);
  await recoverWipe();
  expect((await database.sql`select from tasks where id = ${id} and dispatch_at = 'infinity'`).count).toBe(1);
});
