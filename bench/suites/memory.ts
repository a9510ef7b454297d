import { Redis } from 'ioredis';
import type { Pair } from './round.ts';

/** Bytes; those of the tables and of Redis are a task, the processes' are whole. */
export type Memory = { tasks: number; redisBytes: number; tableBytes: number; producerRss: number };

async function usedMemory(client: Redis): Promise<number> {
  const used = /used_memory:(\d+)/.exec(await client.info('memory'));
  return Number(used?.[1] ?? Number.NaN);
}

/** (e) What `tasks` waiting tasks take, with no worker. */
export async function measureMemory({ producer }: Pair, redisUrl: string, tasks: number): Promise<Memory> {
  const client = new Redis(redisUrl);
  const before = { redis: await usedMemory(client), table: await producer.tell('tableBytes') };
  await producer.tell('addMany', { count: tasks });
  await producer.tell('ready', { count: tasks });
  const after = { redis: await usedMemory(client), table: await producer.tell('tableBytes') };
  const producerRss = await producer.tell('rssBytes');
  await producer.tell('reset');
  client.disconnect();
  return {
    tasks,
    redisBytes: (after.redis - before.redis) / tasks,
    tableBytes: (after.table - before.table) / tasks,
    producerRss,
  };
}
