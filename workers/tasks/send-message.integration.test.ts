import { inboxMessageOf } from '#lib/inbox/index';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import { startTlsServer } from '../../lib/net/testing/servers.ts';
import sendMessage from './send-message.ts';
import { recordedTask } from './testing/context.ts';
import { insertRunningTask } from './testing/task-row.ts';
import { trustTestServers } from './testing/tls.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const run = (payload: object, task = recordedTask().task) => sendMessage.run(sendMessage.payload.parse(payload), task);

test('the inbox gets the message by default, once over two attempts', async () => {
  const id = await insertRunningTask('sendMessage');
  await expect(run({ message: 'hello' }, recordedTask({ id }).task)).resolves.toEqual({ deliveredTo: 'inbox' });
  await expect(run({ message: 'hello' }, recordedTask({ id, attempt: 2 }).task)).resolves.toEqual({
    deliveredTo: 'inbox',
  });
  await expect(inboxMessageOf(id)).resolves.toMatchObject({ message: 'hello' });
});

test('a webhook gets it, and its secret path is in no log', async () => {
  const distrust = trustTestServers();
  const server = await startTlsServer((_request, response) => response.end());
  try {
    const { task, logs } = recordedTask();
    await expect(run({ message: 'hello', to: `https://localhost:${server.port}/secret` }, task)).resolves.toMatchObject(
      { deliveredTo: 'webhook' },
    );
    expect(JSON.stringify(logs)).not.toContain('secret');
  } finally {
    await server.close();
    distrust();
  }
});

test('an address goes by e-mail, which says what is missing', async () => {
  await expect(run({ message: 'hello', to: 'ada@example.org' })).rejects.toMatchObject({
    name: 'PermanentError',
    message: expect.stringContaining('SMTP_URL is not set'),
  });
});

test.each([
  { message: '' },
  { message: 'x'.repeat(4001) },
  { message: 'x', to: 'nobody' },
  { message: 'x', cc: 'a@b.de' },
  {},
])('%j is refused', (payload) => {
  expect(sendMessage.payload.safeParse(payload).success).toBe(false);
});
