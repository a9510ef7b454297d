import { closeEngine } from '#lib/queues/index';
import { register } from './instrumentation.ts';
import { type TestDatabase, testDatabase } from './scripts/testing/database.ts';
import { waitFor } from './workers/testing.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(async () => {
  delete process.env.NEXT_RUNTIME;
  await closeEngine();
  await database.drop();
});

test('a web process that starts tells the pages to refetch: the one before may have died with changes untold', async () => {
  process.env.NEXT_RUNTIME = 'nodejs';
  await register();
  const told = () => database.sql`select from realtime.messages where topic = 'tasks' and event = 'missed'`;
  expect(await waitFor('the message', async () => (await told()).length === 1)).toBe(true);
});
