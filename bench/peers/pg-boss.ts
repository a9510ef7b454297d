import { PgBoss } from 'pg-boss';
import { openDatabase } from '#lib/db/index';
import { type Body, inBulks, type Peer, type PeerPlace } from './peer.ts';

type Data = { key: string };
const queue = 'bench';

/**
 * pg-boss with burst fetching and LISTEN/NOTIFY. `call`: as many of its workers as bodies at once, a job each, so that each
 * is handled and settled by itself, as a task of ours is. `batch`: one worker that is handed many jobs by one call.
 */
export async function openPeer({ databaseUrl }: PeerPlace, by: 'call' | 'batch' = 'call'): Promise<Peer> {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 10, useListenNotify: true });
  boss.on('error', (error) => console.error(error));
  await boss.start();
  await boss.createQueue(queue, { notify: true });
  const sql = openDatabase(databaseUrl, { max: 1, name: 'bench' });

  return {
    addMany: async (keys) => {
      for (const bulk of inBulks(keys))
        await boss.insert(
          queue,
          bulk.map((key) => ({ data: { key } })),
        );
    },
    addOne: async (key) => (await boss.send(queue, { key })) ?? '',
    ready: async () => undefined,
    work: async (concurrency: number, body: Body) => {
      const id = await boss.work<Data>(
        queue,
        {
          ...(by === 'batch' ? { batchSize: concurrency } : { localConcurrency: concurrency }),
          burstWhenBatchFull: true,
          pollingIntervalSeconds: 0.5,
        },
        async (jobs) => {
          for (const { data } of jobs) body(data.key);
        },
      );
      return { stop: () => boss.offWork(queue, { id, wait: true }) };
    },
    idle: async () => {
      const [row] = await sql<{ idle: boolean }[]>`
        select not exists (select from pgboss.job where name = ${queue} and state < 'completed') as idle`;
      return row?.idle ?? false;
    },
    recorded: async (id) => {
      const [row] = await sql<{ state: string }[]>`
        select state::text from pgboss.job where name = ${queue} and id = ${id}`;
      return row?.state === 'completed';
    },
    reset: async () => void (await boss.deleteAllJobs(queue)),
    tableBytes: async () => {
      const [row] = await sql<{ bytes: number }[]>`
        select coalesce(sum(pg_total_relation_size(oid)), 0)::float8 as bytes from pg_class
        where relkind = 'r' and relnamespace = 'pgboss'::regnamespace`;
      return row?.bytes ?? 0;
    },
    close: async () => {
      await boss.stop({ graceful: false });
      await sql.end();
    },
  };
}
