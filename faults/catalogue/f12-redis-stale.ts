import { setTimeout as delay } from 'node:timers/promises';
import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import { untilNone, untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

export const redisStale: Fault = {
  id: 'F12',
  title: 'SIGSTOP Redis; later it restarts from an old dump',
  async run(trial) {
    await trial.keep('web');
    const load = startLoad(trial.client, { tasks: trial.size(300, 5_000), work: { ms: 20 }, perSecond: 200 });
    // The dump holds jobs of tasks that will have ended when it comes back.
    await until('100 jobs to stand in Redis', async () => (await trial.redis.client.dbsize()) >= 120);
    await trial.redis.client.save();
    const dumped = await trial.redis.client.dbsize();
    await trial.keep('worker');
    trial.redis.signal('SIGSTOP');
    await delay(trial.size(5, 60) * 1_000);
    trial.redis.signal('SIGCONT');
    await untilWorkGoesOn(trial);
    await load.done;
    await untilNone(trial, 'pending');
    await untilNone(trial, 'running');
    await trial.redis.kill();
    await trial.redis.start();
    // A worker takes them as soon as they are there, so Redis itself is asked what it has loaded.
    const loaded = /rdb_last_load_keys_loaded:(\d+)/.exec(await trial.redis.client.info('persistence'))?.[1];
    trial.expect('the old jobs are back', Number(loaded ?? dumped) >= 100);
    trial.hit(dumped);
    await startLoad(trial.client, { tasks: 50, work: {} }).done;
    trial.expectAtRest(
      'no old job began a body',
      ({ ledger, tasks }) => ledger.filter(({ ev }) => ev === 'start').length === tasks.length,
    );
  },
};
