import { flushFeed } from '#lib/realtime/index';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { testActor } from '../../../workers/testing.ts';
import { announceVerb, applyVerb, archiveTask, getTask, listTasks, unarchiveTask } from '../index.ts';
import { insertTask } from '../testing/insert.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

describe('archive', () => {
  it('takes a task out of the lists and puts it back', async () => {
    const id = await insertTask({ state: 'completed', queue: 'archive-test' });
    await archiveTask(testActor, id);
    expect((await listTasks({ queue: 'archive-test' })).tasks).toEqual([]);
    expect((await listTasks({ queue: 'archive-test', includeArchived: true })).tasks).toMatchObject([{ id }]);
    expect(await getTask(id)).toMatchObject({ archivedAt: expect.any(String) });
    await expect(archiveTask(testActor, id)).rejects.toMatchObject({ message: expect.stringContaining('already') });
    await unarchiveTask(testActor, id);
    expect((await listTasks({ queue: 'archive-test' })).tasks).toMatchObject([{ id }]);
    await expect(unarchiveTask(testActor, id)).rejects.toMatchObject({ code: 'conflict' });
  });
});

test.each(['archive', 'unarchive', 'purge'] as const)(
  '%s tells the pages, whose lists have lost or won a row',
  async (verb) => {
    const id = await insertTask({ state: 'completed', ...(verb === 'unarchive' && { archived_at: new Date() }) });
    await flushFeed();
    await database.sql`delete from realtime.messages`;
    announceVerb(verb, await applyVerb(database.sql, verb, [id], { by: 'user:test' }));
    await flushFeed();
    expect(await database.sql`select payload from realtime.messages where topic = 'tasks'`).toMatchObject([
      { payload: { tasks: [], untold: ['probe'] } },
    ]);
  },
);
