import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeEngine, openEngine, useEngine } from '#lib/queues/index';
import { getTask, submit } from '#lib/tasks/index';
import { listWorkers } from '#lib/workers/index';
import { startTestRedis } from '../scripts/testing/redis.ts';
import { useTestEngine } from '../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../scripts/testing/database.ts';
import { testActor, waitFor, waitForState } from './testing.ts';
import { handlerFolder, listening, startProgram } from './testing-program.ts';

jest.setTimeout(90_000);

/** A handler that forgets a promise which rejects, throws where nobody catches, or never ends. */
const careless = `
  payload: z.object({ does: z.enum(['throw', 'reject', 'stay']).default('reject') }),
  async run({ does }, task) {
    if (does === 'stay') await new Promise((_, reject) => task.signal.addEventListener('abort', () => reject(task.signal.reason)));
    if (does === 'throw') setTimeout(() => { throw new Error('thrown into the void'); }, 10);
    else void Promise.reject(new Error('rejected into the void'));
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    return 'done';
  },`;

let database: TestDatabase;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  folder = handlerFolder('careless', careless);
});
afterEach(() => void children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(async () => {
  await closeEngine();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function startMain(env: Record<string, string> = {}): Promise<ChildProcess> {
  const { child } = await startProgram('workers/main.ts', folder, env);
  children.push(child);
  return child;
}

const started = (child: ChildProcess) =>
  waitFor('a worker', async () => (await listWorkers()).some(({ alive, pid }) => alive && pid === child.pid), 30_000);

const submitCareless = async (does: string) =>
  (await submit(testActor, { definition: 'careless', payload: { does } })).id;

test('a worker that cannot have its port takes no task', async () => {
  const { server, port } = await listening();
  const [code] = await once(await startMain({ WORKER_METRICS_PORT: String(port) }), 'exit');
  server.close();
  expect(code).toBe(1);
  expect(await listWorkers()).toEqual([]);
});

test('a rejection that a handler forgot ends nothing', async () => {
  const child = await startMain();
  await started(child);
  const id = await submitCareless('reject');
  expect((await waitForState(id, ['completed', 'failed', 'abandoned'])).state).toBe('completed');
  expect(child.exitCode).toBeNull();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('after an error that nobody caught the process ends, but not before its tasks', async () => {
  const child = await startMain();
  await started(child);
  const id = await submitCareless('throw');
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await getTask(id)).toMatchObject({ state: 'completed' });
});

test('with Redis gone a worker still gives its tasks back and ends in order', async () => {
  const data = mkdtempSync(join(tmpdir(), 'taskdeck-redis-'));
  const redis = await startTestRedis(data);
  await closeEngine();
  useEngine(openEngine({ kind: 'redis', redisUrl: redis.url, prefix: process.env['QUEUE_PREFIX'] ?? '' }));
  const child = await startMain({ REDIS_URL: redis.url });
  await started(child);
  const id = await submitCareless('stay');
  await waitForState(id, ['running'], 30_000);
  await redis.stop();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(await getTask(id)).toMatchObject({ state: 'pending', attempt: 0 });
  await useTestEngine('redis');
  rmSync(data, { recursive: true, force: true });
});

test('without any Redis a worker starts, and ends in order', async () => {
  const { server, port } = await listening();
  server.close();
  const child = await startMain({ REDIS_URL: `redis://127.0.0.1:${port}` });
  await started(child);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
