import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { useTestEngine } from '../../../scripts/testing/engines.ts';
import { closeEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { createClaim } from '../../../workers/runner/claim.ts';
import { createProbe, testActor, waitForState } from '../../../workers/testing.ts';
import { dispatchSettled } from './dispatch.ts';
import { expireTasks, getTask, publishDefinitions, submit } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  await publishDefinitions([createProbe().definition]);
});
afterAll(async () => {
  await dispatchSettled();
  await flushFeed();
  await closeEngine();
  await database.drop();
});

const probe = { definition: 'probe', payload: { do: 'return' } };

/** A task that is due and whose time to live is over; scheduled at first, so that nobody dispatches it. */
async function overdue(columns = ''): Promise<string> {
  const { id } = await submit(testActor, { ...probe, delayMs: 60_000, ttlMs: 60_000 });
  await database.sql`update tasks set state = 'pending' where id = ${id}`;
  await database.sql.unsafe(`update tasks set expires_at = clock_timestamp() ${columns} where id = '${id}'`);
  return id;
}

test('a task that has not started in time is cancelled, and says why', async () => {
  const id = await overdue();
  const paused = await overdue(", state = 'paused', paused_from = 'pending'");
  expect(await expireTasks()).toBe(false);
  for (const expired of [id, paused])
    expect(await getTask(expired)).toMatchObject({ state: 'cancelled', error: { name: 'TaskExpired' } });
});

test('it is not claimed, even before that', async () => {
  const id = await overdue();
  expect(await createClaim('w')({ taskId: id, gen: 1 })).toBeUndefined();
});

test('one that has started keeps its further attempts', async () => {
  const id = await overdue(', attempt = 1, fence = 1');
  await expireTasks();
  expect(await getTask(id)).toMatchObject({ state: 'pending' });
  expect(await createClaim('w')({ taskId: id, gen: 1 })).toMatchObject({ id });
});

test('what waited for it is decided too', async () => {
  const parent = await overdue();
  const child = await submit(testActor, { ...probe, dependsOn: [parent] });
  await expireTasks();
  expect(await waitForState(child.id, ['cancelled'])).toMatchObject({ error: { name: 'DependencyFailed' } });
});
