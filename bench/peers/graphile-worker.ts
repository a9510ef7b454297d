import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { openDatabase } from '#lib/db/index';
import { type Body, inBulks, type Peer, type PeerPlace } from './peer.ts';

const quiet = new Logger(() => () => undefined);

/** graphile-worker with the batching that its page on performance describes. It deletes finished jobs. */
export async function openPeer({ databaseUrl }: PeerPlace): Promise<Peer> {
  const utils = await makeWorkerUtils({ connectionString: databaseUrl, logger: quiet });
  await utils.migrate();
  const sql = openDatabase(databaseUrl, { max: 1, name: 'bench' });

  return {
    addMany: async (keys) => {
      for (const bulk of inBulks(keys))
        await utils.addJobs(bulk.map((key) => ({ identifier: 'noop', payload: { key } })));
    },
    addOne: async (key) => (await utils.addJob('noop', { key })).id,
    ready: async () => undefined,
    work: async (concurrency: number, body: Body) => {
      const runner = await run({
        connectionString: databaseUrl,
        logger: quiet,
        noHandleSignals: true,
        taskList: { noop: async (payload) => body((payload as { key: string }).key) },
        preset: {
          worker: {
            concurrentJobs: concurrency,
            maxPoolSize: 10,
            localQueue: { size: 500 },
            completeJobBatchDelay: 0,
            failJobBatchDelay: 0,
          },
        },
      });
      return { stop: () => runner.stop() };
    },
    idle: async () => {
      const [row] = await sql<{ idle: boolean }[]>`
        select not exists (select from graphile_worker._private_jobs) as idle`;
      return row?.idle ?? false;
    },
    recorded: async (id) => {
      const [row] = await sql<{ gone: boolean }[]>`
        select not exists (select from graphile_worker._private_jobs where id = ${id}) as gone`;
      return row?.gone ?? false;
    },
    reset: async () => void (await sql`truncate graphile_worker._private_jobs`),
    tableBytes: async () => {
      const [row] = await sql<{ bytes: number }[]>`
        select coalesce(sum(pg_total_relation_size(oid)), 0)::float8 as bytes from pg_class
        where relkind = 'r' and relnamespace = 'graphile_worker'::regnamespace`;
      return row?.bytes ?? 0;
    },
    close: async () => {
      await utils.release();
      await sql.end();
    },
  };
}
