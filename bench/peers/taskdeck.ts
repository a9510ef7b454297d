import { Redis } from 'ioredis';
import { z } from 'zod';
import type { Actor } from '#lib/access/types';
import { closeDatabase, db } from '#lib/db/index';
import { closeLog, configureLog } from '#lib/observability/index';
import { closeEngine, engine, engineOptions, migratePostgresEngine } from '#lib/queues/index';
import { defineTask } from '#lib/tasks/define';
import { dispatchDue, publishDefinitions, submit, submitMany } from '#lib/tasks/index';
import { startWorker } from '../../workers/worker.ts';
import { type Body, inBulks, type Peer, type PeerPlace } from './peer.ts';

const actor: Actor = { kind: 'key', id: '0198c0de-0000-7000-8000-00000000be7c', name: 'bench', role: 'operator' };
const queue = 'default';

const noop = (body: Body) =>
  defineTask({
    name: 'noop',
    title: 'No-op',
    payload: z.object({ key: z.string() }),
    run: async ({ key }) => body(key),
  });

/** Taskdeck as it is deployed: `submit` of the web process here, the whole worker there, settings of the queue apart. */
export async function openPeer(place: PeerPlace, kind: 'redis' | 'postgres' = 'redis'): Promise<Peer> {
  Object.assign(process.env, {
    DATABASE_URL: place.databaseUrl,
    QUEUE_ENGINE: kind,
    REDIS_URL: place.redisUrl,
    SUPABASE_URL: place.supabaseUrl,
    SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_bench',
  });
  configureLog({ service: 'bench', level: 'warn' });
  if (kind === 'postgres') await migratePostgresEngine(place.databaseUrl);
  await publishDefinitions([noop(() => undefined)]);
  await db()`update queues set high_water = ${place.highWater}`;
  // Producers of the Redis engine fail fast until it is connected.
  while (!(await engine().ping()).ok) await new Promise((resolve) => setTimeout(resolve, 10));
  await setMark();

  const input = (key: string) => ({ definition: 'noop', payload: { key } });

  return {
    addMany: async (keys) => {
      for (const bulk of inBulks(keys)) await submitMany(actor, bulk.map(input));
    },
    addOne: async (key) => (await submit(actor, input(key))).id,
    // What the direct dispatch missed the relay sends a second later.
    ready: async (count) => {
      while ((await engine().depth(queue)) < Math.min(count, place.highWater)) {
        if ((await dispatchDue()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    work: async (concurrency: number, body: Body) => {
      await db()`update queues set concurrency = ${concurrency} where name = ${queue}`;
      return startWorker(new Map([['noop', noop(body)]]));
    },
    idle: async () => {
      const [row] = await db()<{ idle: boolean }[]>`
        select not exists (select from tasks where state = 'pending')
          and not exists (select from tasks where state = 'running') as idle`;
      return row?.idle ?? false;
    },
    recorded: async (id) => {
      const [row] = await db()<{ state: string }[]>`select state from tasks where id = ${id}`;
      return row?.state === 'completed';
    },
    reset: async () => {
      if (place.history === 0) await db()`truncate tasks cascade`;
      else await db()`update tasks set state = 'cancelled' where state = 'pending'`;
      await emptyEngine(place);
      await setMark();
    },
    tableBytes: async () => {
      const [row] = await db()<{ bytes: number }[]>`
        select (pg_total_relation_size('tasks') + pg_total_relation_size('task_attempts'))::float8 as bytes`;
      return row?.bytes ?? 0;
    },
    close: async () => {
      await closeEngine();
      await closeDatabase();
      await closeLog();
    },
  };
}

/** The bench empties Redis itself: without its mark the worker would send all tasks once more. */
async function setMark(): Promise<void> {
  const [row] = await db()<{ id: string }[]>`select id from queue_epoch`;
  await engine().setMark(row?.id ?? '');
}

async function emptyEngine(place: PeerPlace): Promise<void> {
  if (engineOptions().kind === 'postgres') return void (await (await engine().queue(queue)).drain(true));
  const client = new Redis(place.redisUrl);
  await client.flushdb();
  client.disconnect();
}
