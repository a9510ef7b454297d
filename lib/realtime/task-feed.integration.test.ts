import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import type { TaskSummary } from '#lib/tasks/types';
import { flushFeed, publishLogs, publishProgress, publishTask, publishTasks, publishUntold } from './index.ts';
import { maxRowsPerMessage } from './topics.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
beforeEach(async () => {
  await flushFeed();
  await database.sql`delete from realtime.messages`;
});
afterAll(() => database.drop());

const id = (n: number) => `0198c0de-0000-7000-8000-${String(n).padStart(12, '0')}`;
const task = (n: number, version = 1): TaskSummary => ({
  id: id(n),
  definition: 'probe',
  queue: 'default',
  state: 'running',
  priority: 0,
  progress: null,
  attempt: 1,
  maxAttempts: 3,
  errorMessage: null,
  cancelRequested: false,
  createdAt: new Date(0).toISOString(),
  runAt: new Date(0).toISOString(),
  startedAt: null,
  finishedAt: null,
  version,
});

type Sent = { topic: string; event: string; payload: Record<string, unknown>; private: boolean };
const sent = () => database.sql<Sent[]>`select topic, event, payload, private from realtime.messages`;

describe('what the pages are told', () => {
  it('goes to a private topic, all changes of one moment in one message', async () => {
    publishTasks([task(1), task(2)]);
    await flushFeed();
    const messages = await sent();
    expect(messages).toMatchObject([{ topic: 'tasks', event: 'changes', private: true }]);
    expect(messages[0]?.payload['tasks']).toHaveLength(2);
  });

  it('is the newest version of a row', async () => {
    publishTasks([task(1, 3), task(1, 2)]);
    await flushFeed();
    expect((await sent())[0]?.payload['tasks']).toMatchObject([{ version: 3 }]);
  });

  it('leaves out the definitions of which most have changed, when all are too many, and names them', async () => {
    const rare = { ...task(0), definition: 'rare' };
    publishTasks([...Array.from({ length: maxRowsPerMessage }, (_, n) => task(n + 1)), rare]);
    await flushFeed();
    expect((await sent())[0]?.payload).toMatchObject({ tasks: [rare], untold: ['probe'] });
  });

  it('names the definitions of what no row says', async () => {
    publishTasks([task(1)]);
    publishUntold(['gone', 'gone', 'probe']);
    await flushFeed();
    expect((await sent()).map(({ payload }) => payload)).toMatchObject([
      { tasks: [task(1)], untold: ['gone', 'probe'] },
    ]);
  });

  it('holds no more rows than it may, and names the definitions of the rest', async () => {
    const built = jest.fn();
    const last = { id: id(9_999), version: 1, definition: 'last' };
    for (let n = 0; n < 5_000; n += 1) publishTask({ ...last, id: id(n), definition: 'probe' }, () => task(n));
    publishTask(last, () => built() ?? task(9_999));
    await flushFeed();
    expect((await sent()).map(({ payload }) => payload)).toMatchObject([{ tasks: [], untold: ['last', 'probe'] }]);
    expect(built).not.toHaveBeenCalled();
  });

  it('tells progress and lines on the topic of the task', async () => {
    publishProgress(id(1), { fraction: 0.5 }, 1);
    publishLogs(id(1), [
      { seq: 1, attempt: 1, at: new Date(0).toISOString(), level: 'info', message: 'm', fields: null },
    ]);
    await flushFeed();
    const messages = await sent();
    expect(messages.map(({ topic, event }) => [topic, event]).sort()).toEqual([
      [`task:${id(1)}`, 'logs'],
      [`task:${id(1)}`, 'progress'],
    ]);
  });

  it('says to fetch the lines when they are too long to send', async () => {
    publishLogs(id(1), [
      { seq: 1, attempt: 1, at: new Date(0).toISOString(), level: 'info', message: 'm'.repeat(70_000), fields: null },
    ]);
    await flushFeed();
    expect((await sent())[0]?.payload).toMatchObject({ refetch: true });
  });

  it('is bounded when thousands of tasks talk at once', async () => {
    for (let n = 0; n < 3_000; n += 1) publishProgress(id(n), { fraction: 0.1 }, 1);
    await flushFeed();
    expect((await sent()).length).toBeLessThanOrEqual(2 * maxRowsPerMessage);
  });
});
