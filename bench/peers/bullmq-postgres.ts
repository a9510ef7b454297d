import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import { Pool } from 'pg';
import { type Body, inBulks, type Peer, type PeerPlace } from './peer.ts';

type Data = { key: string };

/** BullMQ on its own tables in Postgres, finished jobs removed. */
export async function openPeer({ databaseUrl }: PeerPlace): Promise<Peer> {
  const pool = new Pool({ connectionString: databaseUrl, max: 20, options: '-c search_path=bullmq' });
  const client = await pool.connect();
  await client.query('create schema if not exists bullmq');
  await runMigrations(client, 'bullmq');
  client.release();
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true };
  // The type of a Queue depends on how its backend was given, and here only on what it is used for.
  const queue = new Queue(
    'bench',
    { connection: pool, defaultJobOptions },
    createPostgresBackend,
  ) as unknown as Queue<Data>;

  return {
    addMany: async (keys) => {
      for (const bulk of inBulks(keys)) await queue.addBulk(bulk.map((key) => ({ name: 'noop', data: { key } })));
    },
    addOne: async (key) => (await queue.add('noop', { key })).id ?? '',
    ready: async () => undefined,
    work: async (concurrency: number, body: Body) => {
      const worker = new Worker(
        'bench',
        async (job) => body((job.data as Data).key),
        { connection: pool, concurrency },
        createPostgresBackend,
      );
      worker.on('error', (error) => console.error(error));
      return { stop: () => worker.close() };
    },
    idle: async () => (await queue.getJobCountByTypes('waiting', 'active')) === 0,
    recorded: async (id) => (await queue.getJobState(id)) === 'unknown',
    reset: async () => {
      await queue.drain(true);
    },
    tableBytes: async () => {
      const { rows } = await pool.query<{ bytes: string }>(
        `select coalesce(sum(pg_total_relation_size(oid)), 0) as bytes from pg_class
         where relkind = 'r' and relnamespace = 'bullmq'::regnamespace`,
      );
      return Number(rows[0]?.bytes ?? 0);
    },
    close: async () => {
      await queue.close();
      await pool.end();
    },
  };
}
