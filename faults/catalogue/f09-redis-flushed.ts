import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import { untilCount, untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

/** The relay looks five times a second; the rest is for a machine that does other things too. */
const redispatchLimitMs = 30_000;

export const redisFlushed: Fault = {
  id: 'F9',
  title: 'FLUSHALL with tasks waiting and running',
  async run(trial) {
    const waiting = trial.size(1_000, 10_000);
    await trial.keep('web');
    await startLoad(trial.client, { tasks: waiting, work: { ms: 100 } }).done;
    await trial.keep('worker');
    await untilCount(trial, 'running', 10);
    trial.hit(await trial.redis.client.dbsize());
    await trial.redis.client.flushall();
    await until('the relay to notice the wipe', async () => {
      const marks = await trial.redis.client.exists(`${trial.queuePrefix}:epoch`);
      return marks === 1;
    });
    const took = await untilWorkGoesOn(trial);
    trial.expect(`work went on ${Math.round(took)} ms after the wipe was noticed`, took < redispatchLimitMs);
  },
};
