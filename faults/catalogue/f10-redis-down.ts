import { setTimeout as delay } from 'node:timers/promises';
import { quantile } from '../checks/figures.ts';
import { startLoad } from '../lab/load.ts';
import { untilCount, untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

/** Generous, for a machine that does other things too; the figure is published. */
const recoveryLimitMs = 20_000;

/** A call to a Redis that is away is given up after two seconds. */
const acceptLimitMs = 1_000;

export const redisDown: Fault = {
  id: 'F10',
  title: 'kill -9 Redis without persistence; it stays away for some time',
  async run(trial) {
    await trial.keep('web');
    await trial.keep('worker');
    const outages = trial.scale === 'quick' ? [3, 12] : [3, 12, 30, 120];
    const load = startLoad(trial.client, {
      tasks: trial.size(2_000, 20_000),
      work: { ms: 20 },
      perSecond: trial.size(60, 90),
    });
    await untilCount(trial, 'completed', 20);
    for (const seconds of outages) {
      const { latencies, accepted } = trial.client;
      const [answeredBefore, acceptedBefore] = [latencies.length, accepted.size];
      await trial.redis.kill();
      await delay(seconds * 1_000);
      trial.hit(accepted.size - acceptedBefore);
      trial.expect(`tasks were accepted while Redis was away for ${seconds} s`, accepted.size > acceptedBefore);
      const median = quantile(latencies.slice(answeredBefore), 0.5);
      trial.expect(`accepting waits for no Redis (it took ${Math.round(median)} ms)`, median < acceptLimitMs);
      await trial.redis.start();
      const took = await untilWorkGoesOn(trial);
      trial.expect(`work went on ${Math.round(took)} ms after Redis was back`, took < recoveryLimitMs);
    }
    await load.done;
    trial.expect('every request was accepted', trial.client.refused.size === 0);
  },
};
