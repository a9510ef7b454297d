import { setTimeout as delay } from 'node:timers/promises';
import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import { untilCount, untilWorkGoesOn } from '../lab/waits.ts';
import type { Trial } from '../lab/trial.ts';
import type { Fault } from './fault.ts';

/** Fast: sessions are ended. Immediate: no checkpoint. Killed: as by a power cut of this one process. */
const ends = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const;

async function restart(trial: Trial, signal: (typeof ends)[number]): Promise<void> {
  const pid = trial.cluster.pid();
  process.kill(pid, signal);
  await until('Postgres to end', async () => !isAlive(pid));
  await delay(trial.random.between(0, 2_000));
  await trial.cluster.start();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export const postgresRestarted: Fault = {
  id: 'F15',
  title: 'Postgres restarts: fast, immediate, kill -9 of the postmaster',
  ownCluster: () => ({}),
  async run(trial) {
    await trial.keep('web');
    await trial.keep('worker');
    const load = startLoad(trial.client, { tasks: trial.size(1_500, 20_000), work: { ms: 20 }, perSecond: 60 });
    await untilCount(trial, 'completed', 20);
    for (let round = 0; round < trial.size(1, 20); round += 1) {
      for (const signal of ends) {
        await restart(trial, signal);
        trial.hit();
        const took = await untilWorkGoesOn(trial);
        trial.expect(`work went on ${Math.round(took)} ms after ${signal}`, took < 45_000);
        await delay(trial.random.between(1_000, 3_000));
      }
    }
    await load.done;
    const odd = [...trial.client.refused.keys()].filter((status) => ![0, 503].includes(status));
    trial.expect(`refusals are a clean 503 (there were also ${odd.join(', ')})`, odd.length === 0);
  },
};
