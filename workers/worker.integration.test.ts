import { z } from 'zod';
import { defineTask } from '#lib/tasks/define';
import { useTestEngine, testEngines } from '../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../scripts/testing/database.ts';
import { closeEngine, engine } from '#lib/queues/index';
import { cancelTask, getTask, listLogs, retryTask, submit } from '#lib/tasks/index';
import { listWorkers } from '#lib/workers/index';
import { createProbe, testActor, waitFor, waitForState } from './testing.ts';
import { type RunningWorker, startWorker } from './worker.ts';

describe.each(testEngines)('a task on the %s engine', (kind) => {
  let database: TestDatabase;
  let worker: RunningWorker;
  const probe = createProbe();
  /** Fails in the moment between a cancel and the signal that tells of it. */
  const overtaken = defineTask({
    name: 'overtaken',
    title: 'Overtaken',
    payload: z.object({}),
    retry: { attempts: 3, backoff: { delay: 10 } },
    async run(_, task) {
      await database.sql`update tasks set cancel_requested_at = now() where id = ${task.id}`;
      throw new Error('it failed');
    },
  });

  beforeAll(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    worker = await startWorker(new Map([probe.definition, overtaken].map((one) => [one.name, one])), 200);
  });

  afterAll(async () => {
    await worker.stop();
    await closeEngine();
    await database.drop();
  });

  const submitProbe = async (payload: object, options: object = {}) =>
    (await submit(testActor, { definition: 'probe', payload, ...options })).id;

  it('is run by the engine under test', () => {
    expect(engine().kind).toBe(kind);
  });

  it('finds the pages told that those before it may have left changes untold', async () => {
    const told = () => database.sql`select from realtime.messages where topic = 'tasks' and event = 'missed'`;
    expect(await waitFor('the message', async () => (await told()).length > 0)).toBe(true);
  });

  it('completes with its result', async () => {
    const id = await submitProbe({ do: 'return', value: { answer: 42 } });
    const task = await waitForState(id, ['completed']);
    expect(task).toMatchObject({ result: { answer: 42 }, attempt: 1, error: null, workerId: worker.id });
    expect(task.attempts).toMatchObject([{ attempt: 1, outcome: 'success' }]);
  });

  it('is tried again after a failure and keeps the failed attempt', async () => {
    const id = await submitProbe({ do: 'fail-once' });
    const task = await waitForState(id, ['completed']);
    expect(task.attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'failure'],
      [2, 'success'],
    ]);
    expect(task.attempts[0]?.error?.message).toBe('the first time it failed');
  });

  it('fails when its attempts are used up, and runs anew when it is retried', async () => {
    const id = await submitProbe({ do: 'fail' });
    const failed = await waitForState(id, ['failed']);
    expect(failed).toMatchObject({ attempt: 3, error: { message: 'it failed' } });
    await retryTask(testActor, id);
    await waitFor('six bodies', async () => probe.runs.get(id) === 6);
    const again = await waitForState(id, ['failed']);
    expect(again.attempts).toHaveLength(6);
  });

  it('fails at once on a permanent error', async () => {
    const id = await submitProbe({ do: 'fail-permanently' });
    await waitForState(id, ['failed']);
    expect(probe.runs.get(id)).toBe(1);
  });

  it('fails with a readable reason when its result is no JSON', async () => {
    const id = await submitProbe({ do: 'circular' });
    const task = await waitForState(id, ['failed']);
    expect(task.error?.message).toContain('cannot be kept as JSON');
  });

  it('keeps a result that has characters which Postgres refuses', async () => {
    const id = await submitProbe({ do: 'nul' });
    const task = await waitForState(id, ['completed']);
    expect(task.result).toEqual({ text: 'a\ufffdb', half: '\ufffd' });
  });

  it('waits for its delay', async () => {
    const id = await submitProbe({ do: 'return' }, { delayMs: 700 });
    expect((await getTask(id))?.state).toBe('scheduled');
    const task = await waitForState(id, ['completed']);
    expect(Date.parse(task.startedAt ?? '') - Date.parse(task.createdAt)).toBeGreaterThanOrEqual(700);
  });

  it('does not start when it is cancelled while it waits', async () => {
    const id = await submitProbe({ do: 'return' }, { delayMs: 60_000 });
    expect(await cancelTask(testActor, id)).toEqual({ id, state: 'cancelled' });
    expect(probe.runs.has(id)).toBe(false);
    await expect(cancelTask(testActor, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is told by its signal when it is cancelled while it runs', async () => {
    const id = await submitProbe({ do: 'wait-for-abort' });
    await waitForState(id, ['running']);
    expect((await listWorkers())[0]?.running).toBe(1);
    await cancelTask(testActor, id);
    const task = await waitForState(id, ['cancelled'], 4_000);
    expect(task.attempts).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('does not run again when it was cancelled and its attempt failed', async () => {
    const { id } = await submit(testActor, { definition: 'overtaken' });
    const task = await waitForState(id, ['cancelled', 'failed']);
    expect(task.state).toBe('cancelled');
    expect(task.attempts).toMatchObject([{ outcome: 'failure' }]);
  });

  it('ends when its time is up, even if it ignores its signal', async () => {
    const id = await submitProbe({ do: 'ignore-abort' });
    const task = await waitFor('a timed-out attempt', async () => {
      const now = await getTask(id);
      return now?.attempts.some(({ outcome }) => outcome === 'timeout') && now;
    });
    expect(task.attempts[0]?.error?.message).toContain('1500 ms');
    await cancelTask(testActor, id);
  });

  it('shows its log in order, with progress', async () => {
    const id = await submitProbe({ do: 'talk' });
    const task = await waitForState(id, ['completed']);
    const { lines } = await listLogs(id);
    expect(lines.map(({ level, message, fields }) => [level, message, fields])).toEqual([
      ['info', 'first', { n: 1 }],
      ['warn', 'second', null],
    ]);
    expect(task.result).toBe('said');
  });

  it('leaves nothing behind in the queue', async () => {
    await waitFor('an empty queue', async () => (await engine().depth('default')) === 0);
    expect(await (await engine().queue('default')).getJobCounts('active', 'completed', 'failed', 'delayed')).toEqual({
      active: 0,
      completed: 0,
      failed: 0,
      delayed: 0,
    });
  });

  it('runs a thousand tasks once each', async () => {
    const ids = await Promise.all(Array.from({ length: 1_000 }, () => submitProbe({ do: 'return' })));
    await waitFor(
      'all to complete',
      async () => {
        const [row] = await database.sql<
          { n: number }[]
        >`select count(*) as n from tasks where id = any(${ids}::uuid[]) and state = 'completed'`;
        return row?.n === ids.length;
      },
      30_000,
    );
    expect(ids.map((id) => probe.runs.get(id))).toEqual(ids.map(() => 1));
  });

  it('is known by its worker to the list of workers', async () => {
    expect(await listWorkers()).toMatchObject([{ id: worker.id, alive: true, queues: ['default'], pid: process.pid }]);
  });
});

describe.each(testEngines)('a worker on the %s engine', (kind) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
  });
  afterEach(async () => {
    await closeEngine();
    await database.drop();
  });

  it('gives its tasks back uncharged when it stops, and the next worker runs them', async () => {
    const first = createProbe();
    const stopped = await startWorker(new Map([['probe', first.definition]]), 50);
    const { id } = await submit(testActor, { definition: 'probe', payload: { do: 'wait-for-abort' } });
    await waitForState(id, ['running']);
    await stopped.stop();
    expect(await getTask(id)).toMatchObject({ state: 'pending', attempt: 0 });
    const next = await startWorker(new Map([['probe', createProbe().definition]]), 50);
    expect(await waitForState(id, ['running'])).toMatchObject({ attempt: 1 });
    await next.stop();
  });

  it('loses its tasks when it stops beating, and what it writes then changes nothing', async () => {
    const probe = createProbe();
    const worker = await startWorker(new Map([['probe', probe.definition]]), 50);
    const { id } = await submit(testActor, { definition: 'probe', payload: { do: 'wait-for-release' } });
    const running = await waitForState(id, ['running']);
    await database.sql`update tasks set lease_until = clock_timestamp() - interval '1 second' where id = ${id}`;
    await waitFor('a second body', async () => probe.runs.get(id) === 2);
    probe.release();
    const task = await waitForState(id, ['completed']);
    expect(task.attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'success']);
    expect(task.startedAt).not.toBe(running.startedAt);
    await worker.stop();
  });

  it('is not needed to accept a task, and runs what was accepted before it started', async () => {
    const warm = await startWorker(new Map([['probe', createProbe().definition]]), 50);
    await warm.stop();
    const { id, state } = await submit(testActor, { definition: 'probe', payload: { do: 'return' } });
    expect(state).toBe('pending');
    const worker = await startWorker(new Map([['probe', createProbe().definition]]), 50);
    await waitForState(id, ['completed']);
    await worker.stop();
  });
});
