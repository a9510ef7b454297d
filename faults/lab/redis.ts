import { Redis } from 'ioredis';
import { mkdirSync } from 'node:fs';
import { atExit } from './at-exit.ts';
import { signalProcess } from '../../scripts/start/child.ts';
import { freePort } from '../../scripts/start/free-port.ts';
import { startTestRedis, type TestRedis } from '../../scripts/testing/redis.ts';

/** A Redis of a fault's own, that can be taken away and brought back on the same port. */
export type FaultRedis = {
  url: string;
  port: number;
  folder: string;
  /** A connection of the harness; fails fast while Redis is away. */
  client: Redis;
  start(settings?: string[]): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  close(): Promise<void>;
};

/** Opens the port's Redis in `folder`; `started: false` leaves it down at first. */
export async function openRedis(folder: string, { started }: { started: boolean }): Promise<FaultRedis> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { lazyConnect: !started, maxRetriesPerRequest: 1, retryStrategy: () => 200 });
  client.on('error', () => undefined);
  let server: TestRedis | undefined;
  const forget = atExit(() => server && signalProcess(server.pid, 'SIGKILL'));
  const redis: FaultRedis = {
    url,
    port,
    folder,
    client,
    start: async (settings = []) => {
      server ??= await startTestRedis(folder, port, settings);
    },
    kill: async () => {
      await server?.stop();
      server = undefined;
    },
    signal: (signal) => signalProcess(server?.pid ?? -1, signal),
    close: async () => {
      client.disconnect();
      forget();
      await redis.kill();
    },
  };
  if (started) await redis.start();
  return redis;
}
