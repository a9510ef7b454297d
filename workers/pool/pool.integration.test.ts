import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { listPools, listWorkers, scalePool, sendWorkerCommand } from '#lib/workers/index';
import { isAlive } from '../../supabase/local/postgres/process-info.ts';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { testEngineOptions, testEngines } from '../../scripts/testing/engines.ts';
import { testActor, waitFor } from '../testing.ts';
import { handlerFolder, listening, startProgram } from '../testing-program.ts';

jest.setTimeout(120_000);

const folder = handlerFolder('idle', 'payload: z.object({}), async run() {},');
const patienceMs = 60_000;
let database: TestDatabase;
let pools: ChildProcess[];

beforeEach(async () => {
  database = await testDatabase();
  pools = [];
});
afterEach(async () => {
  for (const pool of pools) pool.kill('SIGKILL');
  const members = (await listWorkers()).map(({ pid }) => pid);
  await waitFor('all processes to end', async () => !members.some(isAlive), patienceMs);
  await database.drop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function startPool(env: Record<string, string> = {}): Promise<{ child: ChildProcess; port: number }> {
  const started = await startProgram('workers/pool/main.ts', folder, env);
  pools.push(started.child);
  return started;
}

const working = async () => (await listWorkers()).filter(({ alive, state }) => alive && state === 'running');

/** The workers, as soon as there are so many and no others. */
const workers = (count: number) =>
  waitFor(
    `${count} workers`,
    async () => {
      const present = await working();
      return present.length === count && present;
    },
    patienceMs,
  );

/** The only worker, as soon as it is another one. */
const replaced = (pid: number) =>
  waitFor(
    'another worker',
    async () => {
      const present = await working();
      return present.length === 1 && present[0]?.pid !== pid && present[0];
    },
    patienceMs,
  );

async function pool() {
  const [only] = await listPools();
  if (!only) throw new Error('there is no pool');
  return only;
}

async function onlyWorker() {
  const [only] = await workers(1);
  if (!only) throw new Error('there is no worker');
  return only;
}

test.each(testEngines)(
  'a pool on %s is scaled up and down while it runs, and speaks for all its workers',
  async (kind) => {
    await testEngineOptions(kind);
    const { child, port } = await startPool({ QUEUE_ENGINE: kind, WORKER_PROCESSES_MAX: '3' });
    await workers(1);
    const { id } = await pool();
    expect(await scalePool(testActor, id, 2)).toEqual({ size: 2 });
    const two = await workers(2);
    expect(two).toMatchObject([{ poolId: id }, { poolId: id }]);
    const text = () => fetch(`http://127.0.0.1:${port}/metrics`).then((response) => response.text());
    await waitFor('the sum of their slots', async () =>
      (await text()).includes('taskdeck_worker_slots{queue="default"} 40'),
    );
    expect(await text()).toContain('taskdeck_worker_state{state="running"} 2');
    await expect(scalePool(testActor, id, 4)).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/size' }],
    });

    await scalePool(testActor, id, 3);
    expect((await workers(3)).map(({ pid }) => pid)).toEqual(expect.arrayContaining(two.map(({ pid }) => pid)));
    await scalePool(testActor, id, 0);
    await workers(0);
    await scalePool(testActor, id, 'start');
    await workers(1);
    await waitFor('the pool to be well', async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok);

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await working()).toEqual([]);
    expect(await listPools()).toEqual([]);
  },
);

test('a worker that crashes is replaced', async () => {
  await startPool();
  const { pid } = await onlyWorker();
  process.kill(pid, 'SIGKILL');
  await database.sql`update workers set beat_at = now() - interval '1 minute' where pid = ${pid}`;
  expect((await replaced(pid)).poolId).toBe((await pool()).id);
});

test('the workers of a pool that is killed end by themselves', async () => {
  const { child } = await startPool();
  const { pid } = await onlyWorker();
  child.kill('SIGKILL');
  await waitFor('the worker to end', async () => !isAlive(pid), patienceMs);
  expect(await listWorkers()).toMatchObject([{ pid, state: 'stopped' }]);
});

test('a worker that holds too much memory drains and is replaced', async () => {
  await startPool({ WORKER_MEMORY_MB: '64' });
  const { pid } = await onlyWorker();
  await replaced(pid);
  expect((await listWorkers()).find((worker) => worker.pid === pid)?.state).toBe('stopped');
});

test('a worker that is told to restart is replaced, and one that is told to drain is not', async () => {
  await startPool();
  const first = await onlyWorker();
  await sendWorkerCommand(testActor, first.id, { command: 'restart' });
  const second = await replaced(first.pid);
  await sendWorkerCommand(testActor, second.id, { command: 'drain' });
  const states = async () => (await listWorkers()).map(({ state }) => state).join();
  await waitFor('both to have stopped', async () => (await states()) === 'stopped,stopped', patienceMs);
  expect((await pool()).size).toBe(0);
});

test('workers above the minimum stop when they have nothing to do', async () => {
  await startPool({
    WORKER_PROCESSES: '2',
    WORKER_PROCESSES_MIN: '1',
    WORKER_PROCESSES_MAX: '2',
    WORKER_IDLE_MS: '1000',
  });
  await waitFor('the pool to want one', async () => (await listPools())[0]?.size === 1, patienceMs);
  expect(await workers(1)).toHaveLength(1);
});

test('a pool that cannot have its port starts nothing', async () => {
  const { server, port } = await listening();
  const { child } = await startPool({ WORKER_METRICS_PORT: String(port) });
  expect(await once(child, 'exit')).toEqual([1, null]);
  server.close();
  expect(await listWorkers()).toEqual([]);
});
