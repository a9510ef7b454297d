import { startLoad } from '../lab/load.ts';
import { untilCount } from '../lab/waits.ts';
import { until } from '../lab/until.ts';
import type { Process } from '../lab/processes.ts';
import type { Fault } from './fault.ts';

/** The worker's own grace of 20 s, the time to abandon what does not heed, and room for a slow machine. */
const exitLimitMs = 20_000 + 25_000;

/** Tasks that take longer than the grace. */
const overGrace = 20;

async function stopWorker(worker: Process): Promise<number> {
  const started = performance.now();
  worker.signal('SIGTERM');
  await until('the worker to stop', async () => worker.exit !== undefined, exitLimitMs);
  return performance.now() - started;
}

export const workerStopped: Fault = {
  id: 'F8',
  title: 'SIGTERM with tasks running: in its grace, without Redis, and over the grace',
  async run(trial) {
    await trial.keep('web');
    await trial.sql`update queues set concurrency = 100`;
    const first = await trial.start('worker');
    const load = startLoad(trial.client, { tasks: trial.size(400, 5_000), work: { ms: 500 }, perSecond: 150 });
    await untilCount(trial, 'running', 30);
    trial.expect('it stops in its grace', (await stopWorker(first)) < exitLimitMs);
    trial.expect('it ends with 0', first.exit?.code === 0);
    trial.hit();
    trial.expectAtRest(
      'within the grace nothing is given back',
      ({ transitions }) =>
        transitions.filter(({ before, after }) => before === 'running' && after === 'pending').length === overGrace,
    );

    const second = await trial.start('worker');
    await untilCount(trial, 'running', 30);
    await trial.redis.kill();
    trial.expect('it stops without Redis', (await stopWorker(second)) < exitLimitMs);
    trial.hit();
    await trial.redis.start();

    await load.done;
    const third = await trial.start('worker');
    await startLoad(trial.client, { tasks: overGrace, work: { ms: 90_000 } }).done;
    await until('the long ones to run', async () => {
      const rows = await trial.sql`select from tasks where state = 'running' and (payload ->> 'ms')::int = 90000`;
      return rows.length === overGrace;
    });
    trial.expect('it stops over its grace', (await stopWorker(third)) < exitLimitMs);
    trial.hit();
    const charged =
      await trial.sql`select from tasks where (payload ->> 'ms')::int = 90000 and (attempt <> 0 or state <> 'pending')`;
    trial.expect('what it gave back is not charged', charged.length === 0);
    // They have shown what they were for.
    for (const { id } of await trial.sql<{ id: string }[]>`select id from tasks where (payload ->> 'ms')::int = 90000`)
      await trial.client.control(id, 'cancel');
  },
};
