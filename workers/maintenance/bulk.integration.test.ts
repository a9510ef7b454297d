import { getBulk, startBulk } from '#lib/bulk/index';
import { closeEngine, engine } from '#lib/queues/index';
import { getTask, pauseTask, redriveTask, resumeTask, submit } from '#lib/tasks/index';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { testEngines, useTestEngine } from '../../scripts/testing/engines.ts';
import { createProbe, testActor, waitFor, waitForState } from '../testing.ts';
import { type RunningWorker, startWorker } from '../worker.ts';

jest.setTimeout(90_000);

describe.each(testEngines)('a worker on the %s engine', (kind) => {
  let database: TestDatabase;
  let worker: RunningWorker;
  const probe = createProbe();

  beforeAll(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    worker = await startWorker(new Map([[probe.definition.name, probe.definition]]), 200);
  });
  afterAll(async () => {
    await worker.stop();
    await closeEngine();
    await database.drop();
  });

  const submitProbe = async (payload: object, options: object = {}) =>
    (await submit(testActor, { definition: 'probe', payload, ...options })).id;

  it('is of the engine under test', () => {
    expect(engine().kind).toBe(kind);
  });

  it('redrives the dead letters of a cause in the background, and each runs once more', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => submitProbe({ do: 'fail-permanently' })));
    for (const id of ids) await waitForState(id, ['failed'], 30_000);
    const fingerprint = (await getTask(ids[0] ?? ''))?.fingerprint ?? '';
    const { id, total } = await startBulk(testActor, { verb: 'redrive', filter: { fingerprint } });
    expect(total).toBe(5);
    await waitFor('the operation to end', async () => (await getBulk(id))?.state === 'completed', 30_000);
    expect(await getBulk(id)).toMatchObject({ done: 5, skipped: 0 });
    for (const task of ids) {
      await waitFor('its second body', async () => probe.runs.get(task) === 2, 30_000);
      await waitForState(task, ['failed'], 30_000);
    }
  });

  it('runs a redriven task with its new payload', async () => {
    const id = await submitProbe({ do: 'fail-permanently' });
    await waitForState(id, ['failed'], 30_000);
    await redriveTask(testActor, id, { payload: { do: 'return', value: 'mended' } });
    expect(await waitForState(id, ['completed'], 30_000)).toMatchObject({ result: 'mended', revisions: 1 });
  });

  it('never starts what is paused, and starts it when it is resumed', async () => {
    const id = await submitProbe({ do: 'return' }, { delayMs: 3_600_000 });
    await pauseTask(testActor, id);
    await database.sql`update tasks set run_at = clock_timestamp(), dispatch_at = clock_timestamp() where id = ${id}`;
    // A task that was due after it has run: the paused one had its chance.
    const later = await submitProbe({ do: 'return' }, { delayMs: 500 });
    await waitForState(later, ['completed'], 30_000);
    expect(await getTask(id)).toMatchObject({ state: 'paused' });
    expect(probe.runs.get(id)).toBeUndefined();
    await resumeTask(testActor, id);
    await waitForState(id, ['completed'], 30_000);
    expect(probe.runs.get(id)).toBe(1);
  });
});
