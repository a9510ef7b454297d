import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { testEngineOptions, testEngines } from '../../scripts/testing/engines.ts';
import { waitFor } from '../../workers/testing.ts';
import { migratePostgresEngine, openEngine, type QueueEngine } from './index.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

const jobIn = (taken: string[], name: string) => async () => {
  taken.push(name);
};
const job = () => ({ taskId: crypto.randomUUID(), gen: 1, name: 'say', priority: 0 });

describe.each(testEngines)('the %s engine', (kind) => {
  let engine: QueueEngine;
  beforeEach(async () => {
    engine = openEngine(await testEngineOptions(kind));
    await waitFor('the engine', async () => (await engine.ping()).ok);
  });

  it('takes from more queues than it has connections for commands', async () => {
    const names = Array.from({ length: 20 }, (_, n) => `q${n}-${kind}`);
    const taken: string[] = [];
    for (const name of names) engine.work(name, jobIn(taken, name), 1);
    for (const name of names) await engine.add(name, [job()]);
    await waitFor('a job of each', async () => taken.length >= names.length, 20_000);
    expect(taken.toSorted()).toEqual(names.toSorted());
    await engine.close();
  });

  it('closes although a taker is still open and its job runs', async () => {
    let end = (): void => undefined;
    let runs = false;
    engine.work('open', () => new Promise((resolve) => ((runs = true), (end = resolve))), 1);
    await engine.add('open', [job()]);
    await waitFor('the job', async () => runs);
    await engine.close();
    end();
    const connections = async () => {
      const [row] = await database.sql<{ n: number }[]>`
        select count(*) as n from pg_stat_activity where application_name like 'taskdeck-queue%' and datname = current_database()`;
      return row?.n;
    };
    await waitFor('its connections to go', async () => (await connections()) === 0);
    expect((await engine.ping()).ok).toBe(false);
  });

  it('takes nothing while it is paused, and gives back what comes all the same', async () => {
    const taken: string[] = [];
    const paused = engine.work('pausing', jobIn(taken, 'paused'), 5);
    await engine.add('pausing', [job()]);
    await waitFor('the first job', async () => taken.length === 1);
    await paused.pause();
    await engine.add('pausing', [job(), job(), job()]);
    const other = engine.work('pausing', jobIn(taken, 'other'), 5);
    await waitFor('the others', async () => taken.length === 4);
    expect(taken).toEqual(['paused', 'other', 'other', 'other']);
    await other.close();
    await engine.add('pausing', [job()]);
    await paused.resume();
    await waitFor('the last', async () => taken.length === 5);
    await engine.close();
  });

  it('forgets a queue that is dropped', async () => {
    await engine.add('old', [job(), job()]);
    expect(await engine.depth('old')).toBe(2);
    await engine.drop('old');
    expect(await engine.depth('old')).toBe(0);
    await engine.close();
  });
});

test('a queue in Postgres that does not answer at first is taken from as soon as it does', async () => {
  const fresh = await testDatabase();
  const engine = openEngine({ kind: 'postgres', databaseUrl: fresh.url });
  const taken: string[] = [];
  engine.work('late', jobIn(taken, 'late'), 1);
  await expect(engine.add('late', [job()])).rejects.toMatchObject({ code: 'unavailable' });
  await migratePostgresEngine(fresh.url);
  await engine.add('late', [job()]);
  await waitFor('the job', async () => taken.length === 1);
  expect(taken).toEqual(['late']);
  await engine.close();
  await fresh.drop();
});
