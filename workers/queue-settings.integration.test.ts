import {
  assertAllLimits,
  closeEngine,
  createQueue,
  engine,
  pauseQueue,
  resumeQueue,
  updateQueue,
} from '#lib/queues/index';
import { countTasks, getTask, submit } from '#lib/tasks/index';
import { listAudit } from '#lib/audit/index';
import { testEngines, useTestEngine } from '../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../scripts/testing/database.ts';
import { createProbe, testActor, waitFor, waitForState } from './testing.ts';
import { type RunningWorker, startWorker } from './worker.ts';

describe.each(testEngines)('the settings of a queue on the %s engine', (kind) => {
  let database: TestDatabase;
  let probe: ReturnType<typeof createProbe>;
  const workers: RunningWorker[] = [];

  beforeEach(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    await waitFor('the engine', async () => (await engine().ping()).ok);
    probe = createProbe();
    await start();
    // A task of this queue that has ended shows that the workers had their time.
    await createQueue(testActor, { name: 'control' });
  });
  afterEach(async () => {
    probe.release();
    await Promise.all(workers.splice(0).map((worker) => worker.stop(0)));
    await closeEngine();
    await database.drop();
  });

  async function start(): Promise<void> {
    const definition = { ...probe.definition, timeout: 60_000 };
    workers.push(await startWorker(new Map([['probe', definition]]), 100));
  }

  const submitProbe = async (what: string, options: object = {}) =>
    (await submit(testActor, { definition: 'probe', payload: { do: what }, ...options })).id;
  const submitSome = (count: number, what: string, options: object = {}) =>
    Promise.all(Array.from({ length: count }, () => submitProbe(what, options)));
  const running = async () => (await countTasks()).running;
  const completed = async (ids: string[]) =>
    (await Promise.all(ids.map(getTask))).filter((task) => task?.state === 'completed').length;

  async function control(): Promise<void> {
    for (const id of await submitSome(3, 'return', { queue: 'control' })) await waitForState(id, ['completed'], 20_000);
  }

  it('let more or fewer tasks run at once in a running worker', async () => {
    await updateQueue(testActor, 'default', { concurrency: 1 });
    await waitFor('one slot', async () => workers[0]?.status() && (await slots()) === 1);
    await submitSome(4, 'wait-for-release');
    await waitFor('the first task', async () => (await running()) === 1);
    await control();
    expect(await running()).toBe(1);
    await updateQueue(testActor, 'default', { concurrency: 3 });
    await waitFor('three tasks', async () => (await running()) === 3);
  });

  async function slots(): Promise<number | undefined> {
    const [row] = await database.sql<
      { slots: number }[]
    >`select (queue_slots ->> 'default')::integer as slots from workers`;
    return row?.slots;
  }

  it('bound the tasks that run at once over all workers', async () => {
    await start();
    await updateQueue(testActor, 'default', { globalConcurrency: 2 });
    await submitSome(5, 'wait-for-release');
    await waitFor('two tasks', async () => (await running()) === 2);
    await control();
    expect(await running()).toBe(2);
    await updateQueue(testActor, 'default', { globalConcurrency: null });
    await waitFor('all tasks', async () => (await running()) === 5);
  });

  it('run the tasks of a serial queue one by one, the highest priority first', async () => {
    await updateQueue(testActor, 'default', { serial: true, paused: true });
    const ids = [
      await submitProbe('return', { priority: 1 }),
      await submitProbe('return', { priority: 3 }),
      await submitProbe('return', { priority: 2 }),
    ];
    await waitFor('all to be due', async () => {
      const [row] = await database.sql<
        { due: boolean }[]
      >`select bool_and(dispatch_at < clock_timestamp()) as due from tasks`;
      return row?.due;
    });
    await resumeQueue(testActor, 'default');
    for (const id of ids) await waitForState(id, ['completed']);
    const rows = await database.sql<{ priority: number; overlaps: boolean }[]>`
      select priority, lag(finished_at) over (order by started_at) > started_at as overlaps from tasks
      where queue = 'default' order by started_at`;
    expect(rows.map(({ priority }) => priority)).toEqual([3, 2, 1]);
    expect(rows.some(({ overlaps }) => overlaps)).toBe(false);
  });

  it('bound the starts in a time, and a limit that is lifted is gone at once', async () => {
    await updateQueue(testActor, 'default', { rateLimit: { max: 2, perMs: 3_600_000 } });
    const ids = await submitSome(5, 'return');
    await waitFor('two tasks', async () => (await completed(ids)) === 2);
    await control();
    expect(await completed(ids)).toBe(2);
    await updateQueue(testActor, 'default', { rateLimit: null });
    for (const id of ids) await waitForState(id, ['completed'], 20_000);
  });

  it('keep its tasks from starting while it is paused', async () => {
    await pauseQueue(testActor, 'default');
    const id = await submitProbe('return');
    await control();
    expect((await getTask(id))?.state).toBe('pending');
    await resumeQueue(testActor, 'default');
    await waitForState(id, ['completed']);
    const { entries } = await listAudit({ subject: 'queue:default' });
    expect(entries.map(({ action }) => action)).toEqual(['queue.resume', 'queue.pause']);
  });

  it('come back when BullMQ has lost or changed them', async () => {
    await updateQueue(testActor, 'default', {
      paused: true,
      globalConcurrency: 3,
      rateLimit: { max: 7, perMs: 1_000 },
    });
    const queue = await engine().queue('default');
    const told = await queue.getMeta();
    expect(told).toMatchObject({ paused: true, concurrency: 3, max: 7, duration: 1_000 });
    await queue.resume();
    await queue.setGlobalConcurrency(9);
    await queue.removeGlobalRateLimit();
    expect(await assertAllLimits()).toEqual(['default']);
    expect(await queue.getMeta()).toEqual(told);
    expect(await assertAllLimits()).toEqual([]);
  });

  it('of a queue that is new are taken up by running workers', async () => {
    await createQueue(testActor, { name: 'fresh', concurrency: 2 });
    await expect(createQueue(testActor, { name: 'fresh' })).rejects.toMatchObject({ code: 'conflict' });
    const id = await submitProbe('return', { queue: 'fresh' });
    await waitForState(id, ['completed']);
  });

  it('of a queue that there is not are refused', async () => {
    await expect(updateQueue(testActor, 'nowhere', { paused: true })).rejects.toMatchObject({ code: 'not_found' });
  });
});
