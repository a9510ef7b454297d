import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../start/free-port.ts';

/** A private Redis without persistence. `stop` and `start` of the same server keep its port, for tests of an outage. */
export type TestRedis = { url: string; port: number; pid: number; stop(): Promise<void> };

/**
 * Starts redis-server (or valkey-server) in `folder`; `settings` come last and win.
 * @throws Error when neither is on the PATH, or it does not answer within five seconds
 */
export async function startTestRedis(folder: string, port?: number, settings: string[] = []): Promise<TestRedis> {
  const chosen = port ?? (await freePort());
  const server = await spawnFirst(
    ['redis-server', 'valkey-server'],
    [
      ['--port', String(chosen)],
      ['--bind', '127.0.0.1'],
      ['--dir', folder],
      ['--save', ''],
      ['--appendonly', 'no'],
      ['--maxmemory-policy', 'noeviction'],
      settings,
    ].flat(),
  );
  const exited = once(server, 'exit');
  await waitForPort(chosen);
  return {
    url: `redis://127.0.0.1:${chosen}`,
    port: chosen,
    pid: server.pid ?? -1,
    async stop() {
      server.kill('SIGKILL');
      await exited;
    },
  };
}

async function spawnFirst(programs: string[], args: string[]) {
  for (const program of programs) {
    const child = spawn(program, args, { stdio: 'ignore' });
    const started = await Promise.race([once(child, 'spawn').then(() => true), once(child, 'error').then(() => false)]);
    if (started) return child;
  }
  throw new Error(
    'Neither redis-server nor valkey-server is on the PATH. Install one: apt-get install redis-server, or brew install redis.',
  );
}

async function waitForPort(port: number): Promise<void> {
  for (const end = Date.now() + 5_000; Date.now() < end; await delay(20)) {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
  }
  throw new Error(`Redis does not answer on port ${port}`);
}
