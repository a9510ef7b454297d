import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { useTestEngine } from '../../../scripts/testing/engines.ts';
import { closeEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { createProbe, testActor } from '../../../workers/testing.ts';
import { dispatchSettled } from '../dispatch/dispatch.ts';
import { publishDefinitions, submit, submitMany } from '../index.ts';

let database: TestDatabase;
let now = performance.now();
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  await publishDefinitions([createProbe().definition]);
});
// Each test sees its queue as a process would that counted before it long ago.
beforeEach(async () => {
  await database.sql`update tasks set state = 'cancelled' where state in ('pending', 'scheduled', 'blocked')`;
  jest.spyOn(performance, 'now').mockReturnValue((now += 3_600_000));
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  await dispatchSettled();
  await flushFeed();
  await closeEngine();
  await database.drop();
});

const probe = { definition: 'probe', payload: { do: 'return' } };
const full = { code: 'rate_limited', retryAfterSeconds: expect.any(Number) as number, fields: [{ pointer: '/queue' }] };
const waiting = async () =>
  (await database.sql`select from tasks where state in ('pending', 'scheduled', 'blocked')`).count;

/** The limit takes effect when the waiting tasks are counted, which one submit brings about. */
async function limitTo(limit: number): Promise<void> {
  await database.sql`update queues set waiting_limit = ${limit}`;
  await submit(testActor, probe);
  jest.mocked(performance.now).mockReturnValue((now += 3_600_000));
}

test('a queue takes no more than its limit, whether it comes singly, late or in a batch', async () => {
  await limitTo(5);
  await submit(testActor, { ...probe, delayMs: 60_000 });
  await submitMany(testActor, [probe, probe]);
  await expect(submitMany(testActor, [probe, probe])).rejects.toMatchObject(full);
  await submit(testActor, probe);
  await expect(submit(testActor, probe)).rejects.toMatchObject(full);
  expect(await waiting()).toBe(5);
});

test('many at once do not slip past', async () => {
  await limitTo(20);
  const results = await Promise.allSettled(Array.from({ length: 100 }, () => submit(testActor, probe)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
  expect(await waiting()).toBe(20);
});

test('there is room again when tasks have started', async () => {
  await limitTo(1);
  await expect(submit(testActor, probe)).rejects.toMatchObject(full);
  await database.sql`update tasks set state = 'running', fence = fence + 1 where state = 'pending'`;
  jest.mocked(performance.now).mockReturnValue((now += 3_600_000));
  await submit(testActor, probe);
});

test('a repeat of what was accepted is answered, however full the queue is', async () => {
  await database.sql`update queues set waiting_limit = null`;
  await submit(testActor, probe);
  const first = await submit(testActor, probe, { idempotencyKey: 'full' });
  await limitTo(1);
  expect(await submit(testActor, probe, { idempotencyKey: 'full' })).toMatchObject({ id: first.id, duplicate: true });
  await expect(submit(testActor, probe, { idempotencyKey: 'other' })).rejects.toMatchObject(full);
});

test('a queue that drains takes nothing', async () => {
  await database.sql`update queues set waiting_limit = null, draining = true`;
  await expect(submit(testActor, probe)).rejects.toMatchObject({ code: 'conflict', fields: [{ pointer: '/queue' }] });
});
