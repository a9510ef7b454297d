import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import { type Client, Pool } from 'pg';
import { atMost } from '#lib/at-most';
import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';
import type { QueueEngine } from './engine.ts';
import { toBulk, workerOptions } from './jobs.ts';
import { createTaker, type JobTaker } from './taker.ts';

/**
 * BullMQ's tables stand apart from ours. The name is BullMQ's own: with a pool that is handed to it, and ES modules
 * cannot make it open one itself, it knows no other.
 */
const schema = 'bullmq';

const openPool = (databaseUrl: string, max: number): Pool => {
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: 2_000,
    options: `-c search_path=${schema}`,
    application_name: 'taskdeck-queue',
  });
  pool.on('error', (error) => log.warn('The queue lost a connection to Postgres', { error }));
  return pool;
};

/** Makes or updates BullMQ's own tables. Safe to repeat and to run from several processes. */
export async function migratePostgresEngine(databaseUrl: string): Promise<void> {
  const pool = openPool(databaseUrl, 1);
  const client = await pool.connect();
  try {
    await client.query(`create schema if not exists ${schema}`);
    await runMigrations(client, schema);
  } finally {
    client.release();
    await pool.end();
  }
}

/** Connections for commands; each queue that is worked on has one more, for LISTEN. */
const poolSize = 15;
const closeLimitMs = 5_000;

/** BullMQ on Postgres, for machines without Redis. */
export function openPostgresEngine(databaseUrl: string): QueueEngine {
  const pool = openPool(databaseUrl, poolSize);
  // Each queue and taker listens for errors of the pool.
  pool.setMaxListeners(0);
  const clients = new Set<Client>();
  pool.on('connect', (client) => clients.add(client));
  pool.on('remove', (client) => clients.delete(client));
  const queues = new Map<string, Queue>();
  const takers = new Set<JobTaker>();

  async function openQueue(name: string): Promise<Queue> {
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue(name, { connection: pool }, createPostgresBackend) as unknown as Queue;
    queue.on('error', (error) => log.debug('BullMQ queue', { queue: name, error }));
    // One that could not connect at first would fail for ever.
    await queue.waitUntilReady();
    queues.set(name, queue);
    return queue;
  }

  return {
    kind: 'postgres',
    queue: openQueue,
    add: async (name, jobs) => {
      try {
        await (await openQueue(name)).addBulk(toBulk(jobs, true));
      } catch (error) {
        throw new TaskdeckError('unavailable', 'The queue cannot be reached.', { cause: error });
      }
    },
    depth: async (name) => (await openQueue(name)).getJobCountByTypes('waiting', 'prioritized', 'delayed'),
    work: (name, processor, taking) => {
      pool.options.max += 1;
      const taker = createTaker(processor, taking, (process, jobs) => {
        const options = { ...workerOptions(jobs), connection: pool };
        const worker = new Worker(name, process, options, createPostgresBackend) as unknown as Worker;
        worker.on('error', (error) => log.debug('BullMQ worker', { queue: name, error }));
        return worker;
      });
      takers.add(taker);
      return {
        ...taker,
        close: async (force) => {
          await taker.close(force);
          if (takers.delete(taker)) pool.options.max -= 1;
        },
      };
    },
    drop: async (name) => {
      const queue = await openQueue(name);
      await queue.obliterate({ force: true });
      queues.delete(name);
      await queue.close();
    },
    hasMark: async () => true,
    setMark: async () => undefined,
    ping: async () => {
      try {
        await pool.query('select 1');
        return { ok: true, detail: 'The queue in Postgres answers.' };
      } catch {
        return { ok: false, detail: 'The queue in Postgres does not answer.' };
      }
    },
    memoryBytes: async () => undefined,
    close: async () => {
      const closed = (async () => {
        // The pool waits for connections that a taker holds, and a taker for its jobs.
        await Promise.allSettled([...takers].map((taker) => taker.close(true)));
        await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
        await pool.end();
      })();
      if (await atMost(closeLimitMs, closed)) return;
      await atMost(closeLimitMs, Promise.allSettled([...clients].map((client) => client.end())));
    },
  };
}
