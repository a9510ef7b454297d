import { v7 as uuidv7 } from 'uuid';
import { closeEngine, engine } from '#lib/queues/index';
import { countTasks, getTask, submit } from '#lib/tasks/index';
import { listWorkers, sendWorkerCommand } from '#lib/workers/index';
import { testEngines, useTestEngine } from '../../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { probeQueue, startCanary } from '../canary.ts';
import { createProbe, testActor, waitFor, waitForState } from '../testing.ts';
import { type RunningWorker, startWorker } from '../worker.ts';

describe.each(testEngines)('on the %s engine', (kind) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    await waitFor('the engine', async () => (await engine().ping()).ok);
  });
  afterAll(async () => {
    await closeEngine();
    await database.drop();
  });

  describe('a worker that is told', () => {
    let probe: ReturnType<typeof createProbe>;
    let worker: RunningWorker;
    let left: string[];
    let gone: Promise<void> | undefined;

    async function start(): Promise<RunningWorker> {
      const definition = { ...probe.definition, timeout: 60_000 };
      return startWorker(new Map([['probe', definition]]), 100, {
        onLeave: (why, stopped) => {
          left.push(why);
          gone = stopped;
        },
      });
    }

    beforeEach(async () => {
      probe = createProbe();
      left = [];
      gone = undefined;
      worker = await start();
    });
    afterEach(async () => {
      probe.release();
      await worker.stop(0);
      await database.sql`delete from tasks`;
    });

    const submitProbe = async (what: string) =>
      (await submit(testActor, { definition: 'probe', payload: { do: what } })).id;
    const known = async (id = worker.id) => (await listWorkers()).find((row) => row.id === id);
    const state = (wanted: string, id = worker.id) =>
      waitFor(`the worker to be ${wanted}`, async () => (await known(id))?.state === wanted);

    it('to pause takes nothing until it is told to resume, and another takes what it leaves', async () => {
      await sendWorkerCommand(testActor, worker.id, { command: 'pause' });
      await state('paused');
      const other = await start();
      const ids = await Promise.all(Array.from({ length: 20 }, () => submitProbe('return')));
      for (const id of ids) expect((await waitForState(id, ['completed'])).workerId).toBe(other.id);
      await other.stop();
      const id = await submitProbe('return');
      await sendWorkerCommand(testActor, worker.id, { command: 'resume' });
      await state('running');
      expect((await waitForState(id, ['completed'], 20_000)).workerId).toBe(worker.id);
    });

    it('to have so many slots has them until it is told to follow the settings again', async () => {
      await sendWorkerCommand(testActor, worker.id, { command: 'slots', slots: 2 });
      await waitFor('two slots', async () => (await known())?.queueSlots['default'] === 2);
      await Promise.all(Array.from({ length: 4 }, () => submitProbe('wait-for-release')));
      await waitFor('two tasks', async () => (await countTasks()).running === 2);
      await sendWorkerCommand(testActor, worker.id, { command: 'slots', slots: null, queue: 'default' });
      await waitFor('all tasks', async () => (await countTasks()).running === 4);
      expect((await known())?.slots).toBe(20);
    });

    it.each(['drain', 'restart'] as const)('to %s finishes what it runs, then stops', async (command) => {
      const running = await submitProbe('wait-for-release');
      await waitForState(running, ['running']);
      await sendWorkerCommand(testActor, worker.id, { command });
      await state('draining');
      const waiting = await submitProbe('return');
      probe.release();
      await waitForState(running, ['completed']);
      await state('stopped');
      await gone;
      expect(left).toEqual([command]);
      expect((await getTask(waiting))?.state).toBe('pending');
      await expect(sendWorkerCommand(testActor, worker.id, { command: 'pause' })).rejects.toMatchObject({
        code: 'conflict',
      });
    });
  });

  it('a worker that there is not, or that does not answer, is told nothing', async () => {
    const tell = (id: string) => sendWorkerCommand(testActor, id, { command: 'pause' });
    await expect(tell(uuidv7())).rejects.toMatchObject({ code: 'not_found' });
    await database.sql`
      insert into workers (id, host, pid, version, queues, slots, state, beat_at)
      values ('silent', 'h', 1, '1', '{}', 1, 'running', now() - interval '1 minute')`;
    await expect(tell('silent')).rejects.toMatchObject({ code: 'conflict', hint: expect.stringContaining('start') });
  });

  it('a worker that takes nothing although its engine answers is not healthy, and opens its queues anew', async () => {
    const workerId = uuidv7();
    let restarts = 0;
    const takers = { lastTakenAt: () => new Date(0), restart: () => void (restarts += 1) };
    const canary = startCanary({ workerId, takers, probeEveryMs: 50, deafAfterMs: 1_000 });
    const before = canary.consumedAt();
    await waitFor('a probe', async () => canary.consumedAt() > before);
    expect(canary.healthy()).toBe(true);
    // Its probes no longer reach it.
    const queue = await engine().queue(probeQueue(workerId));
    await queue.pause();
    await waitFor('the canary to notice', async () => !canary.healthy() && restarts > 0);
    await queue.resume();
    await waitFor('the canary to recover', async () => canary.healthy());
    await canary.stop();
    expect(await (await engine().queue(probeQueue(workerId))).getJobCounts()).toMatchObject({ waiting: 0, active: 0 });
  });
});
