import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import { Pool } from 'pg';
import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';
import type { QueueEngine } from './engine.ts';
import { toBulk, workerOptions } from './jobs.ts';

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

/** Each queue that is worked on keeps one connection for LISTEN. */
const poolSize = 20;

/** BullMQ on Postgres, for machines without Redis. */
export function openPostgresEngine(databaseUrl: string): QueueEngine {
  const pool = openPool(databaseUrl, poolSize);
  const queues = new Map<string, Queue>();

  async function openQueue(name: string): Promise<Queue> {
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue(name, { connection: pool }, createPostgresBackend) as unknown as Queue;
    queue.on('error', (error) => log.debug('BullMQ queue', { queue: name, error }));
    queues.set(name, queue);
    return queue;
  }

  return {
    kind: 'postgres',
    queue: openQueue,
    add: async (name, jobs) => {
      try {
        await (await openQueue(name)).addBulk(toBulk(jobs));
      } catch (error) {
        throw new TaskdeckError('unavailable', 'The queue cannot be reached.', { cause: error });
      }
    },
    depth: async (name) => (await openQueue(name)).getJobCountByTypes('waiting', 'prioritized', 'delayed'),
    work: (name, processor, concurrency) => {
      const worker = new Worker(
        name,
        processor,
        { ...workerOptions(concurrency), connection: pool },
        createPostgresBackend,
      );
      worker.on('error', (error) => log.debug('BullMQ worker', { queue: name, error }));
      return worker;
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
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      await pool.end();
    },
  };
}
