import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { testEngineOptions, testEngines } from '../../scripts/testing/engines.ts';
import { waitFor } from '../../workers/testing.ts';
import { migratePostgresEngine, type JobData, openEngine, type QueueEngine } from './index.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

const jobIn = (taken: string[], name: string) => async () => {
  taken.push(name);
};
const one = { slots: 1, ahead: false };
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
    for (const name of names) engine.work(name, jobIn(taken, name), one);
    for (const name of names) await engine.add(name, [job()]);
    await waitFor('a job of each', async () => taken.length >= names.length, 20_000);
    expect(taken.toSorted()).toEqual(names.toSorted());
    await engine.close();
  });

  it('closes although a taker is still open and its job runs', async () => {
    let end = (): void => undefined;
    let runs = false;
    engine.work('open', () => new Promise((resolve) => ((runs = true), (end = resolve))), one);
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
    const paused = engine.work('pausing', jobIn(taken, 'paused'), { slots: 5, ahead: false });
    await engine.add('pausing', [job()]);
    await waitFor('the first job', async () => taken.length === 1);
    await paused.pause();
    await engine.add('pausing', [job(), job(), job()]);
    const other = engine.work('pausing', jobIn(taken, 'other'), { slots: 5, ahead: false });
    await waitFor('the others', async () => taken.length === 4);
    expect(taken).toEqual(['paused', 'other', 'other', 'other']);
    await other.close();
    await engine.add('pausing', [job()]);
    await paused.resume();
    await waitFor('the last', async () => taken.length === 5);
    await engine.close();
  });

  it('has no more bodies at once than slots, however many jobs it takes ahead', async () => {
    let now = 0;
    let most = 0;
    let ended = 0;
    const body = async (_job: JobData, leave: () => void) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((next) => setImmediate(next));
      now -= 1;
      leave();
      await new Promise((next) => setImmediate(next));
      ended += 1;
    };
    engine.work('quick', body, { slots: 3, ahead: true });
    await engine.add('quick', Array.from({ length: 1_000 }, job));
    await waitFor('all', async () => ended === 1_000, 20_000);
    expect(most).toBe(3);
    await engine.close();
  });

  it('gives back what it has taken ahead of a body that turns out slow', async () => {
    const taken: string[] = [];
    let end = (): void => undefined;
    const slow = new Promise<void>((resolve) => (end = resolve));
    const turnSlow = async () => {
      taken.push('slow');
      if (taken.length === 300) await slow;
    };
    engine.work('turning', turnSlow, { slots: 1, ahead: true });
    await engine.add('turning', Array.from({ length: 600 }, job));
    await waitFor('the slow one', async () => taken.length === 300, 20_000);
    engine.work('turning', jobIn(taken, 'other'), one);
    await waitFor('the others', async () => taken.length === 600, 20_000);
    expect(taken.filter((name) => name === 'other')).toHaveLength(300);
    end();
    await engine.close();
  });

  it('hands out what has a priority before all that waits already, and the rest as it came', async () => {
    const jobs = (names: string[], priority: number) => names.map((name) => ({ ...job(), name, priority }));
    await engine.add('ordered', jobs(['first', 'second', 'third'], 0));
    await engine.add('ordered', jobs(['later'], -10));
    await engine.add('ordered', jobs(['fourth'], 0));
    await engine.add('ordered', jobs(['urgent', 'urgent too'], 10));
    await engine.add('ordered', jobs(['fifth'], 0));
    await engine.add('ordered', jobs(['most urgent'], 100));
    const queue = await engine.queue('ordered');
    const waiting = await queue.getJobs(['waiting', 'prioritized'], 0, -1, true);
    expect(waiting.map(({ name }) => name)).toEqual(
      'most urgent,urgent,urgent too,first,second,third,fourth,fifth,later'.split(','),
    );
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

test('on Redis jobs stand in the plain list before a priority asks for order, and again when nothing ordered waits', async () => {
  const engine = openEngine(await testEngineOptions('redis'));
  await waitFor('the engine', async () => (await engine.ping()).ok);
  const counts = async () => (await engine.queue('plain')).getJobCounts('waiting', 'prioritized');
  await engine.add('plain', [job(), job()]);
  expect(await counts()).toEqual({ waiting: 2, prioritized: 0 });
  await engine.add('plain', [{ ...job(), priority: 10 }]);
  expect(await counts()).toEqual({ waiting: 0, prioritized: 3 });
  const taken: string[] = [];
  const taker = engine.work('plain', jobIn(taken, 'taken'), one);
  await waitFor('all', async () => taken.length === 3);
  await taker.close();
  await engine.add('plain', [job()]);
  expect(await counts()).toEqual({ waiting: 1, prioritized: 0 });
  await engine.close();
});

test('a queue in Postgres that does not answer at first is taken from as soon as it does', async () => {
  const fresh = await testDatabase();
  const engine = openEngine({ kind: 'postgres', databaseUrl: fresh.url });
  const taken: string[] = [];
  engine.work('late', jobIn(taken, 'late'), one);
  await expect(engine.add('late', [job()])).rejects.toMatchObject({ code: 'unavailable' });
  await migratePostgresEngine(fresh.url);
  await engine.add('late', [job()]);
  await waitFor('the job', async () => taken.length === 1);
  expect(taken).toEqual(['late']);
  await engine.close();
  await fresh.drop();
});
