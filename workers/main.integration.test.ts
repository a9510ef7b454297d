import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { closeEngine } from '#lib/queues/index';
import { getTask, submit } from '#lib/tasks/index';
import { listWorkers } from '#lib/workers/index';
import { useTestEngine } from '../scripts/testing/engines.ts';
import { type TestDatabase, testDatabase } from '../scripts/testing/database.ts';
import { testStack } from '../scripts/testing/environment.ts';
import { testActor, waitFor, waitForState } from './testing.ts';

jest.setTimeout(60_000);

/** A handler that forgets a promise which rejects, or throws where nobody catches. */
const careless = `
import { z } from 'zod';
import { defineTask } from '${resolve('lib/tasks/define.ts')}';
export default defineTask({
  name: 'careless', title: 'Careless', payload: z.object({ throws: z.boolean().default(false) }),
  async run({ throws }, task) {
    if (throws) setTimeout(() => { throw new Error('thrown into the void'); }, 10);
    else void Promise.reject(new Error('rejected into the void'));
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    return 'done';
  },
});`;

let database: TestDatabase;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  folder = mkdtempSync(join(tmpdir(), 'taskdeck-main-'));
  mkdirSync(join(folder, 'workers/tasks'), { recursive: true });
  writeFileSync(
    join(folder, 'workers/tasks/careless.ts'),
    careless.replace("'zod'", `'${resolve('node_modules/zod/index.js')}'`),
  );
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
});
afterEach(() => void children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(async () => {
  await closeEngine();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function startMain(metricsPort = 0): Promise<ChildProcess> {
  const env = {
    ...process.env,
    REDIS_URL: testStack().redisUrl,
    WORKER_METRICS_PORT: String(metricsPort || (await freePort())),
  };
  const child = spawn(process.execPath, [resolve('workers/main.ts')], { cwd: folder, env, stdio: 'ignore' });
  children.push(child);
  return child;
}

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as { port: number }).port };
}

async function freePort(): Promise<number> {
  const { server, port } = await listening();
  server.close();
  await once(server, 'close');
  return port;
}

const started = () => waitFor('a worker', async () => (await listWorkers()).some(({ alive }) => alive), 20_000);

test('a worker that cannot have its port takes no task', async () => {
  const { server, port } = await listening();
  const [code] = await once(await startMain(port), 'exit');
  server.close();
  expect(code).toBe(1);
  expect(await listWorkers()).toEqual([]);
});

test('a rejection that a handler forgot ends nothing', async () => {
  const child = await startMain();
  await started();
  const { id } = await submit(testActor, { definition: 'careless', payload: {} });
  expect((await waitForState(id, ['completed', 'failed', 'abandoned'])).state).toBe('completed');
  expect(child.exitCode).toBeNull();
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('after an error that nobody caught the process ends, but not before its tasks', async () => {
  const child = await startMain();
  await waitFor(
    'a new worker',
    async () => (await listWorkers()).some(({ alive, pid }) => alive && pid === child.pid),
    20_000,
  );
  const { id } = await submit(testActor, { definition: 'careless', payload: { throws: true } });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(await getTask(id)).toMatchObject({ state: 'completed' });
});
