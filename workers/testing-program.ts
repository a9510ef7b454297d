import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { testStack } from '../scripts/testing/environment.ts';

/** A folder with one handler, in which a worker process can run. `body` is the inside of `defineTask({ … })`. */
export function handlerFolder(name: string, body: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'taskdeck-worker-'));
  mkdirSync(join(folder, 'workers/tasks'), { recursive: true });
  writeFileSync(
    join(folder, `workers/tasks/${name}.ts`),
    `import { z } from '${resolve('node_modules/zod/index.js')}';
import { defineTask } from '${resolve('lib/tasks/define.ts')}';
export default defineTask({ name: '${name}', title: '${name}', ${body} });`,
  );
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}

/** Starts `program` as `npm start` does, on this test's database and Redis. What it writes is dropped. */
export async function startProgram(
  program: string,
  folder: string,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; port: number }> {
  const port = Number(env['WORKER_METRICS_PORT'] ?? (await freePort()));
  const child = spawn(process.execPath, [resolve(program)], {
    cwd: folder,
    env: { ...process.env, REDIS_URL: testStack().redisUrl, WORKER_METRICS_PORT: String(port), ...env },
    stdio: 'ignore',
  });
  return { child, port };
}

/** A server that holds a port. */
export async function listening(): Promise<{ server: Server; port: number }> {
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
