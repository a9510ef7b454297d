import { z } from 'zod';
import { metrics } from '#lib/observability/index';
import { closeEngine, engine } from '#lib/queues/index';
import { defineTask, type Definition, type DefinitionOptions, type TaskContext } from '#lib/tasks/define';
import { getTask, publishDefinitions, retryTask, submit } from '#lib/tasks/index';
import type { TaskState } from '#lib/tasks/state';
import type { TaskDetail } from '#lib/tasks/types';
import { testEngines, useTestEngine } from '../../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { testActor, waitFor, waitForState } from '../testing.ts';
import { type RunningWorker, startWorker } from '../worker.ts';
import { leakedBodies } from './execute.ts';

const ended: TaskState[] = ['completed', 'failed', 'cancelled', 'abandoned'];

describe.each(testEngines)('a handler on the %s engine', (kind) => {
  let database: TestDatabase;
  const workers: RunningWorker[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    await database.sql`create table effects (task_id uuid, fence integer)`;
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.stop();
  });
  afterAll(async () => {
    await closeEngine();
    await database.drop();
  });

  const payload = z.object({}).loose();
  const retry = { attempts: 3, backoff: { type: 'fixed', delay: 10, jitter: false } } as const;
  let defined = 0;
  /** Each has a name of its own: a submit may know what was published under a name for two seconds. */
  const define = (options: Partial<DefinitionOptions<typeof payload>>): Definition =>
    defineTask({
      name: `task-${(defined += 1)}`,
      title: 'One',
      payload,
      retry,
      run: async () => undefined,
      ...options,
    });

  async function start(...definitions: Definition[]): Promise<RunningWorker> {
    const worker = await startWorker(new Map(definitions.map((one) => [one.name, one])), 100);
    workers.push(worker);
    return worker;
  }

  async function ends({ name }: Definition, options: object = {}): Promise<TaskDetail> {
    const { id } = await submit(testActor, { definition: name, ...options });
    return waitForState(id, ended, 30_000);
  }

  /** Runs a task of such a definition to its end. */
  async function run(options: Partial<DefinitionOptions<typeof payload>>, submitOptions = {}): Promise<TaskDetail> {
    const definition = define(options);
    await start(definition);
    return ends(definition, submitOptions);
  }

  it('is run by the engine under test', () => {
    expect(engine().kind).toBe(kind);
  });

  it('knows what was said about its task', async () => {
    const said = { metadata: { source: 'test' }, correlationId: 'order 7' };
    const task = await run(
      {
        run: async (_, { metadata, correlationId, parentId, fence, attempt }) => ({
          metadata,
          correlationId,
          parentId,
          fence,
          attempt,
        }),
      },
      said,
    );
    expect(task.result).toEqual({ ...said, parentId: null, fence: 1, attempt: 1 });
  });

  describe('that fails', () => {
    const failing = async () => {
      throw new Error('it failed');
    };

    it('waits without a charge when it is rate limited', async () => {
      let runs = 0;
      const task = await run({
        isRateLimited: (error) => error instanceof Error && error.message === 'too many' && 10,
        run: async () => {
          runs += 1;
          if (runs <= 3) throw new Error('too many');
        },
      });
      expect(task).toMatchObject({ state: 'completed', attempt: 1, attempts: [{ outcome: 'success' }] });
      expect(runs).toBe(4);
    });

    it('is not tried again when its definition says so', async () => {
      const task = await run({ isRetryable: () => false, run: failing });
      expect(task).toMatchObject({ state: 'failed', attempt: 1, error: { retryable: false } });
    });

    it('waits as long as its definition says', async () => {
      const asked: number[] = [];
      const backoff = (attempt: number) => {
        asked.push(attempt);
        return 20;
      };
      const task = await run({ retry: { attempts: 3, backoff }, run: failing });
      expect(task).toMatchObject({ state: 'failed', attempt: 3, retry: { backoff: { type: 'custom' } } });
      expect(asked).toEqual([1, 2]);
    });

    it('is told to its definition, each time', async () => {
      const told: unknown[] = [];
      const task = await run({
        retry: { ...retry, attempts: 2 },
        onError: (error, about) => void told.push([(error as Error).message, about]),
        run: failing,
      });
      expect(told).toEqual([
        ['it failed', { id: task.id, attempt: 1, willRetry: true }],
        ['it failed', { id: task.id, attempt: 2, willRetry: false }],
      ]);
    });

    it('ends as it would although its definition fails to hear of it', async () => {
      expect(await run({ onError: () => Promise.reject(new Error('a bug')), run: failing })).toMatchObject({
        state: 'failed',
        attempt: 3,
        error: { message: 'it failed' },
      });
    });
  });

  describe('that is to give signs of life', () => {
    const until = (signal: AbortSignal, act: () => void) =>
      new Promise<never>((_, reject) => {
        const timer = setInterval(act, 50);
        const stop = () => {
          clearInterval(timer);
          reject(signal.reason);
        };
        signal.addEventListener('abort', stop, { once: true });
      });
    const runSteady = (act: (task: TaskContext) => void) =>
      run({
        heartbeat: 1_000,
        timeout: 2_500,
        retry: { attempts: 1 },
        run: (_, task) => until(task.signal, () => act(task)),
      });

    it('is stopped when it gives none', async () => {
      const task = await runSteady(() => undefined);
      expect(task).toMatchObject({ state: 'failed', attempts: [{ outcome: 'timeout' }] });
      expect(task.error?.message).toContain('no sign of life for 1000 ms');
    });

    it.each([
      ['heartbeat', (task: TaskContext) => task.heartbeat()],
      ['progress', (task: TaskContext) => task.progress(0.5)],
      ['log', (task: TaskContext) => task.log.debug('still here')],
    ])('goes on as long as it gives some: %s', async (_, act) => {
      expect((await runSteady(act)).error?.message).toContain('took longer than its 2500 ms');
    });
  });

  it('that ignores its signal is counted until it ends', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const task = await run({ timeout: 200, retry: { attempts: 1 }, run: () => released });
    expect(task.error?.message).toContain('200 ms');
    expect(leakedBodies()).toBe(1);
    expect((await metrics.workerSlotsLeaked.get()).values).toMatchObject([{ labels: { queue: 'default' }, value: 1 }]);
    release();
    await waitFor('the body to end', async () => leakedBodies() === 0);
  });

  it('that this worker does not have is left to one that does', async () => {
    const newer = define({ name: 'newer', run: async () => 'by the newer worker' });
    await publishDefinitions([newer]);
    const older = await start(define({}));
    const { id } = await submit(testActor, { definition: 'newer' });
    expect(await waitForState(id, ['retrying'])).toMatchObject({
      attempt: 0,
      errorMessage: expect.stringContaining('no handler for "newer"'),
    });
    await older.stop();
    await start(newer);
    expect(await waitForState(id, ended, 30_000)).toMatchObject({ result: 'by the newer worker', attempt: 1 });
  });

  describe('that emits', () => {
    const child = define({ name: 'child', run: async (value) => value });
    const childrenOf = (id: string) =>
      database.sql<{ payload: unknown }[]>`select payload from tasks where parent_id = ${id} order by id`;
    const failOnce = ({ attempt }: TaskContext) => {
      if (attempt === 1) throw new Error('after it has emitted');
    };
    async function runParent(body: (task: TaskContext) => Promise<unknown>, options = {}): Promise<TaskDetail> {
      const parent = define({ run: (_, task) => body(task) });
      await start(child, parent);
      return ends(parent, options);
    }

    it('has children that know it', async () => {
      const task = await runParent(({ emit }) => emit('child', { n: 1 }, { priority: 5 }), {
        correlationId: 'order 7',
      });
      const { id } = task.result as { id: string };
      expect(await waitForState(id, ended)).toMatchObject({
        state: 'completed',
        result: { n: 1 },
        priority: 5,
        submittedBy: `task:${task.id}`,
      });
      const [row] = await database.sql`select parent_id, correlation_id from tasks where id = ${id}`;
      expect(row).toEqual({ parent_id: task.id, correlation_id: 'order 7' });
    });

    it('emits nothing twice when it runs again, even with another payload', async () => {
      const task = await runParent(async (context) => {
        const ids = [
          await context.emit('child', { attempt: context.attempt }),
          await context.emit('child', { attempt: context.attempt }, { key: 'named' }),
        ];
        failOnce(context);
        return ids;
      });
      expect(task).toMatchObject({ state: 'completed', attempt: 2 });
      expect(await childrenOf(task.id)).toEqual([{ payload: { attempt: 1 } }, { payload: { attempt: 1 } }]);
    });

    it('finds the child by its key in whatever order', async () => {
      const task = await runParent(async (context) => {
        const keys = context.attempt === 1 ? ['a', 'b'] : ['b', 'a'];
        const ids = new Map<string, string>();
        for (const key of keys) ids.set(key, (await context.emit('child', { key }, { key })).id);
        failOnce(context);
        const payloads = await Promise.all(['a', 'b'].map(async (key) => (await getTask(ids.get(key) ?? ''))?.payload));
        return payloads;
      });
      expect(task.result).toEqual([{ key: 'a' }, { key: 'b' }]);
      expect(await childrenOf(task.id)).toHaveLength(2);
    });

    it('finds them again when it is retried by hand', async () => {
      const task = await runParent(async (context) => {
        await context.emit('child');
        if (context.fence <= 3) throw new Error('not yet');
      });
      expect(task.state).toBe('failed');
      await retryTask(testActor, task.id);
      await waitForState(task.id, ['completed'], 30_000);
      expect(await childrenOf(task.id)).toHaveLength(1);
    });

    it('is told what is wrong with an emit', async () => {
      const task = await runParent(({ emit }) => emit('child', {}, { priority: 1_000 }));
      expect(task).toMatchObject({ state: 'failed', error: { name: 'TaskdeckError' } });
    });

    it('emits no more when its attempt has ended', async () => {
      let tooLate: Promise<unknown> = Promise.resolve();
      const task = await run({
        timeout: 200,
        retry: { attempts: 1 },
        run: async (_, { id, emit }) => {
          await waitForState(id, ended, 30_000);
          tooLate = emit('child');
          await tooLate.catch(() => undefined);
        },
      });
      await waitFor('the body to end', async () => leakedBodies() === 0);
      await expect(tooLate).rejects.toThrow('The attempt has ended');
      expect(await childrenOf(task.id)).toEqual([]);
    });
  });

  describe('that completes its task itself', () => {
    it('is recorded with its effect, whatever it does then', async () => {
      const task = await run({
        run: async (_, { id, fence, complete }) => {
          await complete((sql) =>
            sql`insert into effects values (${id}, ${fence}) returning fence`.then(([row]) => row),
          );
          throw new Error('too late to matter');
        },
      });
      expect(task).toMatchObject({ state: 'completed', result: { fence: 1 }, error: null, progress: null });
    });

    it('keeps nothing when another worker has the task', async () => {
      const lease = { lost: false };
      const task = await run({
        run: async (_, { id, fence, complete, signal }) => {
          if (fence === 1) {
            await database.sql`update tasks set lease_until = clock_timestamp() - interval '1 second' where id = ${id}`;
            await waitFor('the second attempt', async () => lease.lost || signal.aborted, 30_000);
          }
          lease.lost = true;
          return complete((sql) => sql`insert into effects values (${id}, ${fence}) returning fence`);
        },
      });
      expect(task).toMatchObject({ state: 'completed', attempts: [{ outcome: 'lost' }, { outcome: 'success' }] });
      await waitFor('the stale body to be refused', async () => leakedBodies() === 0);
      expect(await database.sql`select fence from effects where task_id = ${task.id}`).toEqual([{ fence: 2 }]);
    });
  });
});
