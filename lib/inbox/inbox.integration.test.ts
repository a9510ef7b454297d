import { v7 as uuidv7 } from 'uuid';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { deliverToInbox, inboxMessageOf } from './index.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function insertTask(): Promise<string> {
  const id = uuidv7();
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
    values (${id}, 'sendMessage', 'default', 'running', '{}', 3, '{}', 1000, now(), now(), now(), 'user:test')`;
  return id;
}

test('a message is delivered once, however often and at once; the first one stays', async () => {
  const taskId = await insertTask();
  await deliverToInbox({ taskId, message: 'first 👋' });
  await Promise.all(Array.from({ length: 5 }, () => deliverToInbox({ taskId, message: 'again' })));
  await expect(inboxMessageOf(taskId)).resolves.toEqual({
    message: 'first 👋',
    createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  await expect(database.sql`select id from inbox_messages where task_id = ${taskId}`).resolves.toHaveLength(1);
});

test('there is no message of another task, of none, or of something that is no id', async () => {
  for (const id of [await insertTask(), uuidv7(), 'x', '']) await expect(inboxMessageOf(id)).resolves.toBeNull();
});

test('a message without a task is refused', async () => {
  await expect(deliverToInbox({ taskId: uuidv7(), message: 'x' })).rejects.toMatchObject({ code: '23503' });
});
