import { PgBoss } from 'pg-boss';
import { openDatabase } from '#lib/db/index';
import { type Body, inBulks, type Peer, type PeerPlace } from './peer.ts';

type Data = { key: string };
const queue = 'bench';

/** pg-boss with what its documentation names for throughput and latency: batches, burst fetching, LISTEN/NOTIFY. */
export async function openPeer({ databaseUrl }: PeerPlace): Promise<Peer> {
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
        { batchSize: concurrency, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
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
