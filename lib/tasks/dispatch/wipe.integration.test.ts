import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { testEngines, useTestEngine } from '../../../scripts/testing/engines.ts';
import { closeEngine, engine, updateQueue } from '#lib/queues/index';
import { createProbe, testActor, waitFor, waitForState } from '../../../workers/testing.ts';
import { startWorker } from '../../../workers/worker.ts';
import { dispatchDue, publishDefinitions, recoverWipe, submit } from '../index.ts';
import { dispatchSettled } from './dispatch.ts';

jest.setTimeout(30_000);

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await publishDefinitions([createProbe().definition]);
});
afterAll(() => database.drop());
afterEach(closeEngine);

const probe = { definition: 'probe', payload: { do: 'return' } };

/** As FLUSHALL does, but for this file's jobs alone: the other files share the server. */
async function wipe(): Promise<void> {
  const queue = await engine().queue('default');
  const client = (await queue.getBackend().client) as unknown as {
    keys(pattern: string): Promise<string[]>;
    del(keys: string[]): Promise<number>;
  };
  await client.del(await client.keys(`${process.env.QUEUE_PREFIX}:*`));
}

describe('a Redis that has lost everything', () => {
  beforeEach(async () => {
    await useTestEngine('redis');
    await waitFor('the engine', async () => (await engine().ping()).ok);
    await recoverWipe();
  });

  it('is noticed once, and its jobs are sent again', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, async () => (await submit(testActor, probe)).id));
    await waitFor('the jobs', async () => (await engine().depth('default')) >= ids.length);
    await waitFor('the marks', async () => {
      const [row] = await database.sql<
        { n: number }[]
      >`select count(*) as n from tasks where state = 'pending' and dispatch_at > clock_timestamp() + interval '30 seconds'`;
      return (row?.n ?? 0) >= ids.length;
    });
    await wipe();
    expect(await engine().depth('default')).toBe(0);
    expect(await recoverWipe()).toBe(ids.length);
    expect(await recoverWipe()).toBe(0);
    await dispatchDue();
    expect(await engine().depth('default')).toBe(ids.length);
  });

  it('has lost also the jobs whose sending is only noted after the recovery', async () => {
    const { id } = await submit(testActor, probe);
    await waitFor('the job', async () => (await engine().depth('default')) > 0);
    await wipe();
    await recoverWipe();
    await dispatchSettled();
    const [row] = await database.sql<{ soon: boolean }[]>`
      select dispatch_at < clock_timestamp() + interval '1 second' as soon from tasks where id = ${id}`;
    expect(row).toEqual({ soon: true });
  });

  it('has its pauses and limits again before a job is sent', async () => {
    await updateQueue(testActor, 'default', { paused: true, globalConcurrency: 4 });
    await wipe();
    const queue = await engine().queue('default');
    expect(await queue.getMeta()).not.toMatchObject({ paused: true });
    await recoverWipe();
    expect(await queue.getMeta()).toMatchObject({ paused: true, concurrency: 4 });
    await updateQueue(testActor, 'default', { paused: false, globalConcurrency: null });
  });

  it('costs a running system nothing: all tasks complete, each body once', async () => {
    const known = createProbe();
    const ids = await Promise.all(Array.from({ length: 200 }, async () => (await submit(testActor, probe)).id));
    await waitFor('the jobs', async () => (await engine().depth('default')) >= ids.length);
    await wipe();
    const worker = await startWorker(new Map([['probe', known.definition]]), 100);
    for (const id of ids) await waitForState(id, ['completed']);
    expect(ids.map((id) => known.runs.get(id))).toEqual(ids.map(() => 1));
    await worker.stop();
  });
});

it.each(testEngines)('nothing is sent twice while the mark is there: %s', async (kind) => {
  await useTestEngine(kind);
  await waitFor('the engine', async () => (await engine().ping()).ok);
  await recoverWipe();
  await submit(testActor, probe);
  expect(await recoverWipe()).toBe(0);
});
