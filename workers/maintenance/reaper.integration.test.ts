import { v7 as uuidv7 } from 'uuid';
import { closeDatabase, openDatabase, useDatabase } from '#lib/db/index';
import { getTask } from '#lib/tasks/index';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { leaseSeconds } from '../runner/claim.ts';
import { waitFor } from '../testing.ts';
import { createReaper } from './reaper.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

test('after a time without Postgres the workers may beat before their tasks are taken for lost', async () => {
  const id = uuidv7();
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at,
      submitted_by, fence, attempt, started_at, lease_until)
    values (${id}, 'probe', 'default', 'running', '{}', 1, '{}', 1000, now(), now(), now(), 'user:test', 1, 1, now(),
      now() - interval '1 second')`;
  const reap = createReaper();

  useDatabase(openDatabase('postgres://nobody@127.0.0.1:9/none'));
  await expect(reap()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await closeDatabase(0);

  useDatabase(database.sql);
  await reap();
  expect(await getTask(id)).toMatchObject({ state: 'running' });

  const now = performance.now();
  jest.spyOn(performance, 'now').mockReturnValue(now + leaseSeconds * 1_000);
  await reap();
  expect(await getTask(id)).toMatchObject({ state: 'abandoned' });
  jest.restoreAllMocks();

  // The worker that is lost may have changed more, and not told it.
  const told = () => database.sql`select from realtime.messages where topic = 'tasks' and event = 'missed'`;
  await waitFor('the pages to be told', async () => (await told()).length > 0);
});
