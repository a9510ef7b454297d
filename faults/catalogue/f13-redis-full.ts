import { z } from 'zod';
import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import { untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

export const redisFull: Fault = {
  id: 'F13',
  title: 'Redis is out of memory',
  async run(trial) {
    await trial.keep('web');
    await trial.keep('worker');
    await startLoad(trial.client, { tasks: 100, work: {} }).done;
    await trial.redis.client.config('SET', 'maxmemory', '1mb');
    await startLoad(trial.client, { tasks: trial.size(200, 4_000), work: {}, perSecond: 200 }).done;
    trial.expect('every request was accepted', trial.client.refused.size === 0);
    const errors = z.string().parse(await trial.redis.client.info('errorstats'));
    trial.hit(Number(/errorstat_OOM:count=(\d+)/.exec(errors)?.[1] ?? 0));
    await trial.redis.client.config('SET', 'maxmemory', '0');
    await untilWorkGoesOn(trial);
  },
};

const healthSchema = z.object({ status: z.string(), parts: z.object({ queue: z.object({ ok: z.boolean() }) }) });

export const redisEvicts: Fault = {
  id: 'F14',
  title: 'Redis may evict jobs: its policy is allkeys-lru',
  async run(trial) {
    await trial.keep('web');
    await trial.keep('worker');
    const health = async () => healthSchema.parse(await (await fetch(`${trial.webUrl}/api/health`)).json());
    await until('a green queue', async () => (await health()).parts.queue.ok);
    await trial.redis.client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await until('a red queue', async () => !(await health()).parts.queue.ok);
    trial.hit();
    await startLoad(trial.client, { tasks: 100, work: {} }).done;
    await trial.redis.client.config('SET', 'maxmemory-policy', 'noeviction');
    await until('a green queue again', async () => (await health()).parts.queue.ok);
  },
};
