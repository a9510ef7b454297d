import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { atMost } from '#lib/at-most';
import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';
import type { QueueEngine } from './engine.ts';
import { workerOptions } from './jobs.ts';
import { addInOrder } from './order.ts';
import { createTaker, type JobTaker } from './taker.ts';

const commandTimeoutMs = 2_000;
const closeLimitMs = 5_000;
/** BullMQ's default grows to 20 seconds, and so would the pause after an outage. */
const retryStrategy = (tries: number): number => Math.min(200 * tries, 1_000);

/** BullMQ on Redis. Producers fail fast; workers wait for Redis as long as it takes. */
export function openRedisEngine(url: string, prefix: string): QueueEngine {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    connectTimeout: commandTimeoutMs,
    retryStrategy,
  });
  const queues = new Map<string, Queue>();
  const takers = new Set<JobTaker>();
  let down = false;
  client.on('ready', () => {
    if (down) log.info('Redis is back');
    down = false;
  });
  // Without a listener an error event would end the process; one line an outage is enough.
  client.on('error', (error) => {
    if (!down) log.warn('Redis cannot be reached; tasks are accepted and wait in Postgres', { error });
    down = true;
  });

  /** A Queue made while Redis is down would fail for ever, so it is made when Redis is first seen. */
  async function openQueue(name: string): Promise<Queue> {
    ready();
    const known = queues.get(name);
    if (known) return known;
    const queue = new Queue(name, { connection: client, prefix, streams: { events: { maxLen: 100 } } });
    queue.on('error', () => undefined);
    queues.set(name, queue);
    return queue;
  }

  function ready(): Redis {
    if (client.status !== 'ready') throw new TaskdeckError('unavailable', 'Redis cannot be reached.');
    return client;
  }

  const markKey = `${prefix}:epoch`;

  return {
    kind: 'redis',
    queue: openQueue,
    add: async (name, jobs) => {
      await addInOrder(client, await openQueue(name), jobs);
    },
    depth: async (name) => (await openQueue(name)).getJobCountByTypes('waiting', 'prioritized', 'delayed'),
    work: (name, processor, taking) => {
      const connection = new Redis(url, { maxRetriesPerRequest: null, retryStrategy });
      connection.on('error', () => undefined);
      const taker = createTaker(processor, taking, (process, jobs) => {
        const options = { ...workerOptions(jobs), connection, prefix };
        const worker = new Worker(name, process, options) as unknown as Worker;
        worker.on('error', (error) => log.debug('BullMQ worker', { queue: name, error }));
        return worker;
      });
      const own: JobTaker = {
        ...taker,
        close: async (force) => {
          const closed = taker.close(force);
          // close() waits for ever while Redis is down (bullmq #4656).
          if (force) connection.disconnect();
          await closed;
          connection.disconnect();
          takers.delete(own);
        },
      };
      takers.add(own);
      return own;
    },
    drop: async (name) => {
      const queue = await openQueue(name);
      await queue.obliterate({ force: true });
      queues.delete(name);
      await queue.close();
    },
    hasMark: async (mark) => (await ready().get(markKey)) === mark,
    setMark: async (mark) => {
      await ready().set(markKey, mark);
    },
    ping: async () => {
      try {
        if (client.status !== 'ready') throw new Error('no connection');
        const policy = await client.config('GET', 'maxmemory-policy').catch(() => undefined);
        const evicts = Array.isArray(policy) && policy[1] !== undefined && policy[1] !== 'noeviction';
        return evicts
          ? {
              ok: false,
              detail: `Redis may evict jobs: set maxmemory-policy to noeviction (it is ${String(policy[1])}).`,
            }
          : { ok: true, detail: 'Redis answers.' };
      } catch {
        return { ok: false, detail: 'Redis cannot be reached; accepted tasks wait in Postgres until it is back.' };
      }
    },
    memoryBytes: async () => {
      const used = /used_memory:(\d+)/.exec(await client.info('memory'));
      return used?.[1] ? Number(used[1]) : undefined;
    },
    close: async () => {
      const closed = [...takers].map((taker) => taker.close(true));
      await atMost(
        closeLimitMs,
        Promise.allSettled([...closed, ...[...queues.values()].map((queue) => queue.close())]),
      );
      client.disconnect();
    },
  };
}
