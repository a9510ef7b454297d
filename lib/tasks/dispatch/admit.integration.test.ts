import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { testEngines, useTestEngine } from '../../../scripts/testing/engines.ts';
import { closeEngine } from '#lib/queues/index';
import { defineTask } from '#lib/tasks/define';
import { testActor, waitFor } from '../../../workers/testing.ts';
import { type RunningWorker, startWorker } from '../../../workers/worker.ts';
import { afterEndedSettled } from '../after-ended.ts';
import { dispatchSettled } from './dispatch.ts';
import { publishDefinitions, submitMany } from '../index.ts';

jest.setTimeout(180_000);

/** What the bodies saw: who ran when, and how many of a key at once at most. */
type Trace = { started: { key: string; value: number }[]; most: Map<string, number> };

function createTraced(name: string, options: { mode?: 'sync'; concurrency?: { limit: number } }) {
  const trace: Trace = { started: [], most: new Map() };
  const running = new Map<string, number>();
  const definition = defineTask({
    name,
    title: name,
    payload: z.object({ key: z.string(), value: z.number(), fail: z.boolean().default(false) }),
    retry: { attempts: 2, backoff: { type: 'fixed', delay: 1, jitter: false } },
    ...options,
    async run({ key, value, fail }, task) {
      const now = (running.get(key) ?? 0) + 1;
      running.set(key, now);
      trace.most.set(key, Math.max(now, trace.most.get(key) ?? 0));
      trace.started.push({ key, value });
      // Some turns of the loop, so that bodies that may overlap do.
      for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      running.set(key, now - 1 < 0 ? 0 : (running.get(key) ?? 1) - 1);
      if (fail && task.attempt === 1) throw new Error('the first time it failed');
    },
  });
  return { definition, trace };
}

describe.each(testEngines)('concurrency keys with two workers on the %s engine', (kind) => {
  const alone = createTraced('alone', { mode: 'sync' });
  const keyed = createTraced('keyed', {});
  const definitions = new Map([alone, keyed].map(({ definition }) => [definition.name, definition]));
  let database: TestDatabase;
  let workers: RunningWorker[] = [];

  beforeEach(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    for (const { trace } of [alone, keyed]) Object.assign(trace, { started: [], most: new Map() });
  });
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
    await afterEndedSettled();
    await dispatchSettled();
    await closeEngine();
    await database.drop();
  });

  const startTwo = async () => {
    workers = await Promise.all([startWorker(definitions, 200), startWorker(definitions, 200)]);
  };
  const allCompleted = (count: number) =>
    waitFor(
      `${count} tasks to be completed`,
      async () => (await database.sql`select from tasks where state = 'completed'`).count === count,
      120_000,
    );

  it('a sync task never runs beside another of its definition, and the highest priority goes first', async () => {
    await publishDefinitions([...definitions.values()]);
    const priorities = Array.from({ length: 40 }, (_, n) => (n * 7) % 40);
    await submitMany(
      testActor,
      priorities.map((priority) => ({ definition: 'alone', payload: { key: 'x', value: priority }, priority })),
    );
    await waitFor('the first to be let go', async () => {
      const [row] = await database.sql`select from tasks where dispatch_at < 'infinity'`;
      return row !== undefined;
    });
    const [first] = await database.sql<
      { priority: number }[]
    >`select priority from tasks where dispatch_at < 'infinity'`;
    await startTwo();
    await allCompleted(40);
    expect(alone.trace.most.get('x')).toBe(1);
    const values = alone.trace.started.map(({ value }) => value);
    expect(values).toEqual([
      first?.priority,
      ...[...priorities].sort((a, b) => b - a).filter((one) => one !== first?.priority),
    ]);
    expect(first?.priority).toBe(39);
  });

  it('no more of a key run at once than its limit, and a long line at one key keeps no other waiting', async () => {
    await startTwo();
    const lines = { a: 100, b: 10, c: 10 };
    await submitMany(
      testActor,
      Object.entries(lines).flatMap(([key, count]) =>
        Array.from({ length: count }, (_, value) => ({
          definition: 'keyed',
          payload: { key, value, fail: value % 5 === 0 },
          concurrency: { key, limit: 2 },
        })),
      ),
    );
    await allCompleted(120);
    expect(Object.fromEntries(keyed.trace.most)).toEqual({ a: 2, b: 2, c: 2 });
    const last = (key: string) => keyed.trace.started.findLastIndex((start) => start.key === key);
    expect(last('b')).toBeLessThan(last('a') / 1.5);
    expect(last('c')).toBeLessThan(last('a') / 1.5);
  });
});
