import { createClient } from '@supabase/supabase-js';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { v7 as uuidv7 } from 'uuid';
import { openDatabase } from '#lib/db/index';
import { type Body, inBulks, type Peer, type PeerPlace } from './peer.ts';

type Data = { id: string; key: string };
type Answer = { error: { message: string } | null };

/**
 * The plain design: BullMQ, and a row in Supabase that each change of state is written to by a REST call of its own. Rows are
 * inserted before the job is added and the last update comes before the ack, so that it too loses nothing.
 */
export async function openPeer({ databaseUrl, redisUrl, supabaseUrl, supabaseSecretKey }: PeerPlace): Promise<Peer> {
  const sql = openDatabase(databaseUrl, { max: 1, name: 'bench' });
  await sql`
    create table if not exists public.plain_tasks (
      id uuid primary key, state text not null, payload jsonb not null, result jsonb,
      created_at timestamptz not null default now(), started_at timestamptz, finished_at timestamptz)`;
  const client = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true };
  const queue = new Queue<Data>('plain', { connection: client, defaultJobOptions });
  const rest = createClient(supabaseUrl, supabaseSecretKey, { auth: { persistSession: false } }).from('plain_tasks');

  async function write(answer: PromiseLike<Answer>): Promise<void> {
    const { error } = await answer;
    if (error) throw new Error(error.message);
  }
  const now = () => new Date().toISOString();

  async function addMany(keys: string[]): Promise<string[]> {
    const tasks = keys.map((key) => ({ id: uuidv7(), key }));
    await write(rest.insert(tasks.map(({ id, key }) => ({ id, state: 'pending', payload: { key } }))));
    await queue.addBulk(tasks.map((data) => ({ name: 'noop', data })));
    return tasks.map(({ id }) => id);
  }

  return {
    addMany: async (keys) => {
      for (const bulk of inBulks(keys)) await addMany(bulk);
    },
    addOne: async (key) => (await addMany([key]))[0] ?? '',
    ready: async () => undefined,
    work: async (concurrency: number, body: Body) => {
      const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
      const run = async ({ id, key }: Data) => {
        await write(rest.update({ state: 'running', started_at: now() }).eq('id', id));
        body(key);
        await write(rest.update({ state: 'completed', finished_at: now() }).eq('id', id));
      };
      const worker = new Worker<Data>('plain', (job) => run(job.data), { connection, concurrency });
      worker.on('error', (error) => console.error(error));
      return {
        stop: async () => {
          await worker.close();
          connection.disconnect();
        },
      };
    },
    idle: async () => {
      const [row] = await sql<{ idle: boolean }[]>`
        select not exists (select from public.plain_tasks where state <> 'completed') as idle`;
      return row?.idle ?? false;
    },
    recorded: async (id) => {
      const [row] = await sql<{ state: string }[]>`select state from public.plain_tasks where id = ${id}`;
      return row?.state === 'completed';
    },
    reset: async () => {
      await sql`truncate public.plain_tasks`;
      await client.flushdb();
    },
    tableBytes: async () => {
      const [row] = await sql<{ bytes: number }[]>`
        select pg_total_relation_size('public.plain_tasks')::float8 as bytes`;
      return row?.bytes ?? 0;
    },
    close: async () => {
      await queue.close();
      client.disconnect();
      await sql.end();
    },
  };
}
