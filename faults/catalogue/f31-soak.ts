import { setTimeout as delay } from 'node:timers/promises';
import { startLoad } from '../lab/load.ts';
import type { ProxyMode } from '../lab/tcp-proxy.ts';
import type { Trial } from '../lab/trial.ts';
import { untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

/** What a soak does to the system at random moments. Each ends with everything up again. */
type Nemesis = (trial: Trial) => Promise<void>;

const perSecond = 60;

/** All faults that leave no mess, mixed at random for some minutes, under a steady load. */
export const soak = (minutes: number): Fault => ({
  id: 'F31',
  title: `${minutes} minutes of random faults`,
  ownCluster: () => ({}),
  async run(trial) {
    const line = await trial.proxy('postgres');
    const workers = [await trial.keep('worker', { through: { postgres: line } }), await trial.keep('worker')] as const;
    const web = await trial.keep('web');
    const nemeses: readonly [Nemesis, ...Nemesis[]] = [
      async () => trial.random.pick(workers).now().kill(),
      async () => web.now().kill(),
      async () => void (await trial.redis.client.flushall()),
      async ({ redis, random }) => {
        await redis.kill();
        await delay(random.between(1_000, 12_000));
        await redis.start();
      },
      async ({ redis, random }) => {
        redis.signal('SIGSTOP');
        await delay(random.between(1_000, 12_000));
        redis.signal('SIGCONT');
      },
      async ({ random }) => {
        const frozen = random.pick(workers).now();
        frozen.signal('SIGSTOP');
        await delay(random.between(5_000, 35_000));
        frozen.signal('SIGCONT');
      },
      async ({ random }) => {
        await line.set(
          random.pick<ProxyMode>([{ kind: 'blackhole' }, { kind: 'reset' }, { kind: 'half-open', held: 'reply' }]),
        );
        await delay(random.between(1_000, 20_000));
        await line.set({ kind: 'pass' });
      },
      async ({ cluster }) => {
        await cluster.stop();
        await cluster.start();
      },
    ];
    const end = Date.now() + minutes * 60_000;
    const load = startLoad(trial.client, {
      tasks: Infinity,
      work: () => ({ ms: trial.random.whole(0, 500), failures: trial.random.whole(0, 9) === 0 ? 1 : 0 }),
      perSecond,
    });
    while (Date.now() < end) {
      await delay(trial.random.between(2_000, 8_000));
      await trial.random.pick(nemeses)(trial);
      trial.hit();
      await untilWorkGoesOn(trial);
    }
    await load.stop();
  },
});
