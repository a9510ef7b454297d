import { closeEngine, engine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { createProbe, testActor, waitFor } from '../../../workers/testing.ts';
import { useTestEngine } from '../../../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { dispatchSettled } from './dispatch.ts';
import { dispatchDue, promoteDue, publishDefinitions, submit } from '../index.ts';

let database: TestDatabase;
const submitProbe = (options: object = {}) =>
  submit(testActor, { definition: 'probe', payload: { do: 'return' }, ...options });

beforeEach(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  await publishDefinitions([createProbe().definition]);
  await waitFor('Redis', async () => (await engine().ping()).ok);
  // What a test before has learned of its queues is forgotten after half a second.
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000 * (beforeEachCount += 1));
});
let beforeEachCount = 0;
afterEach(async () => {
  jest.restoreAllMocks();
  await closeEngine();
  await database.drop();
});

test('a task is sent at once', async () => {
  await submitProbe();
  await dispatchSettled();
  expect(await engine().depth('default')).toBe(1);
});

test('a paused queue is sent nothing, neither at once nor by the relay', async () => {
  await database.sql`update queues set paused = true`;
  await submitProbe();
  await dispatchSettled();
  await database.sql`update tasks set dispatch_at = now()`;
  await dispatchDue();
  expect(await engine().depth('default')).toBe(0);
});

test('a queue is sent no more than its high-water mark', async () => {
  await database.sql`update queues set high_water = 2`;
  await Promise.all(Array.from({ length: 10 }, () => submitProbe()));
  await dispatchSettled();
  expect(await engine().depth('default')).toBeLessThanOrEqual(2);
});

test('the pages are told of a task whose time has come', async () => {
  const { id } = await submitProbe({ delayMs: 60_000 });
  await flushFeed();
  await database.sql`update tasks set run_at = now()`;
  await database.sql`delete from realtime.messages`;
  expect(await promoteDue()).toBe(1);
  await flushFeed();
  const [message] = await database.sql<{ payload: object }[]>`select payload from realtime.messages`;
  expect(message?.payload).toMatchObject({ tasks: [{ id, state: 'pending', version: 3 }] });
});
