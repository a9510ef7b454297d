import type { FailpointName } from '#lib/failpoint';
import type { Program } from '../lab/processes.ts';
import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import type { Trial } from '../lab/trial.ts';
import type { Fault } from './fault.ts';

type Point = {
  name: FailpointName;
  program: Program;
  /** Bodies that begin again for each kill. */ duplicates: 0 | 1;
  fullOnly?: boolean;
};

const points: Point[] = [
  { name: 'worker.after_claim', program: 'worker', duplicates: 0 },
  { name: 'body.mid_effect', program: 'worker', duplicates: 1, fullOnly: true },
  { name: 'body.after_effect', program: 'worker', duplicates: 1, fullOnly: true },
  { name: 'worker.before_finish', program: 'worker', duplicates: 1, fullOnly: true },
  { name: 'worker.after_finish_commit', program: 'worker', duplicates: 0 },
  { name: 'reap.mid', program: 'relay', duplicates: 0, fullOnly: true },
  { name: 'relay.after_lock', program: 'relay', duplicates: 0, fullOnly: true },
  { name: 'relay.after_mark', program: 'relay', duplicates: 0, fullOnly: true },
];

/** Starts the program armed, again and again, until it has died at the point so many times. */
export async function killAt(
  trial: Trial,
  { name, program }: Pick<Point, 'name' | 'program'>,
  times: number,
): Promise<void> {
  for (let kill = 1; kill <= times; kill += 1) {
    const nth = name === 'reap.mid' || name.startsWith('relay.') ? 1 : trial.random.whole(1, 8);
    const armed = await trial.start(program, { failpoint: `${name}:kill@${nth}`, wait: false });
    await until(`${program} ${kill} to die at ${name}`, async () => armed.exit !== undefined, 120_000);
  }
  trial.hit(trial.failpointHits());
}

/** One body at a time a worker, so that a kill interrupts exactly one. */
const killedAt = ({ name, program, duplicates, fullOnly = false }: Point, index: number): Fault => ({
  id: `F2.${index + 1}`,
  title: `kill -9 at ${name}`,
  fullOnly,
  async run(trial) {
    const times = trial.size(3, 25);
    // A limit over all workers, though none that is felt: else the next body begins while the outcome of the last is recorded.
    await trial.sql`update queues set concurrency = 1, global_concurrency = 1000`;
    const noDispatch = await trial.proxy('redis');
    if (program === 'relay') await noDispatch.set({ kind: 'refuse' });
    await trial.keep('web', program === 'relay' ? { through: { redis: noDispatch } } : {});
    const load = startLoad(trial.client, { tasks: trial.size(150, 3_000), work: { ms: 4 }, perSecond: 40 });
    if (name === 'reap.mid') await loseSome(trial);
    await killAt(trial, { name, program }, times);
    trial.expectAtRest(`${duplicates} bodies begin again for each of ${times} kills`, ({ ledger, tasks }) => {
      const again = ledger.filter(({ ev }) => ev === 'start').length - tasks.length;
      return name === 'reap.mid' || again === duplicates * times;
    });
    await load.stop();
    // What is left shows nothing more: it need not go one by one.
    await trial.sql`update queues set concurrency = 20`;
  },
});

/** A worker dies with tasks on it, and then there is none: only the reaper under test finds them, and it dies at each try. */
async function loseSome(trial: Trial): Promise<void> {
  const worker = await trial.start('worker');
  await until('a task to run', async () => (await trial.sql`select from tasks where state = 'running'`).length > 0);
  await worker.kill();
}

export const killedAtFailpoints: Fault[] = points.map(killedAt);
