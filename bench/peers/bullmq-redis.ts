import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type Body, inBulks, type Peer, type PeerPlace } from './peer.ts';

type Data = { key: string };

/** BullMQ on Redis as it comes, finished jobs removed: it records nothing that outlives the job. */
export async function openPeer({ redisUrl }: PeerPlace): Promise<Peer> {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true };
  const queue = new Queue<Data>('bench', { connection: client, defaultJobOptions });
  await queue.waitUntilReady();

  return {
    addMany: async (keys) => {
      for (const bulk of inBulks(keys)) await queue.addBulk(bulk.map((key) => ({ name: 'noop', data: { key } })));
    },
    addOne: async (key) => (await queue.add('noop', { key })).id ?? '',
    ready: async () => undefined,
    work: async (concurrency: number, body: Body) => {
      const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
      const worker = new Worker<Data>('bench', async (job) => body(job.data.key), { connection, concurrency });
      worker.on('error', (error) => console.error(error));
      return {
        stop: async () => {
          await worker.close();
          connection.disconnect();
        },
      };
    },
    idle: async () => (await queue.getJobCountByTypes('waiting', 'active')) === 0,
    recorded: async (id) => (await queue.getJobState(id)) === 'unknown',
    reset: async () => void (await client.flushdb()),
    tableBytes: async () => 0,
    close: async () => {
      await queue.close();
      client.disconnect();
    },
  };
}
