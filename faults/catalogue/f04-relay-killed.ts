import { startLoad } from '../lab/load.ts';
import type { Fault } from './fault.ts';
import { killAt } from './f02-killed-at-failpoints.ts';

export const relayKilled: Fault = {
  id: 'F4',
  title: 'kill -9 the relay between add and mark',
  async run(trial) {
    // The web does not reach Redis, so every task takes the way of the relay.
    const unreachable = await trial.proxy('redis');
    await unreachable.set({ kind: 'refuse' });
    await trial.keep('web', { through: { redis: unreachable } });
    const load = startLoad(trial.client, { tasks: trial.size(400, 4_000), work: { ms: 10 }, perSecond: 60 });
    await killAt(trial, { name: 'relay.after_add', program: 'relay' }, trial.size(4, 25));
    // Their jobs stand in Redis, and nobody knows: another relay sends the same tasks again.
    await trial.keep('worker');
    await load.done;
    trial.expectAtRest(
      'no body began twice',
      ({ ledger, tasks }) => ledger.filter(({ ev }) => ev === 'start').length === tasks.length,
    );
  },
};
