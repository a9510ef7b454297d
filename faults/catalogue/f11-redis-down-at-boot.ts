import { startLoad } from '../lab/load.ts';
import { untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

export const redisDownAtBoot: Fault = {
  id: 'F11',
  title: 'Redis is down when web, relay and worker start, then comes',
  redisDown: true,
  async run(trial) {
    await Promise.all([trial.keep('web'), trial.keep('worker'), trial.keep('relay')]);
    await startLoad(trial.client, { tasks: trial.size(200, 4_000), work: { ms: 10 } }).done;
    trial.expect('every request was accepted', trial.client.refused.size === 0);
    trial.hit(trial.client.accepted.size);
    await trial.redis.start();
    const took = await untilWorkGoesOn(trial);
    trial.expect(`work begins ${Math.round(took)} ms after Redis came`, took < 30_000);
    // The same processes send and take new ones too.
    await startLoad(trial.client, { tasks: 100, work: {} }).done;
  },
};
