import { startLoad } from '../lab/load.ts';
import type { Trial } from '../lab/trial.ts';
import { until } from '../lab/until.ts';
import { untilCount, untilNone } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

/** A worker that was being handed a job when the pause was confirmed may still begin it. */
const grace = '3 seconds';

/** Resolves when the relay has found Redis empty and has brought back what belongs there. */
const untilRestored = (trial: Trial): Promise<boolean> =>
  until('the relay to restore Redis', async () => {
    const marks = await trial.redis.client.exists(`${trial.queuePrefix}:epoch`).catch(() => 0);
    return marks === 1;
  });

export const paused: Fault = {
  id: 'F26',
  title: 'the queue is paused and resumed again and again; a pause outlives FLUSHALL and a restart of Redis',
  async run(trial) {
    await trial.keep('web');
    await trial.keep('worker');
    const load = startLoad(trial.client, { tasks: trial.size(600, 8_000), work: { ms: 10 }, perSecond: 60 });
    await untilCount(trial, 'completed', 20);
    for (let round = 0; round < trial.size(40, 500); round += 1) {
      await trial.client.queue('default', 'pause');
      await trial.client.queue('default', 'resume');
      trial.hit();
    }

    trial.expect('the pause is confirmed', await trial.client.queue('default', 'pause'));
    // However fast the load was run, something waits now.
    for (let task = 0; task < 20; task += 1) await trial.client.submit({ ms: 10 });
    const [since] = await trial.sql<{ at: Date }[]>`select clock_timestamp() + ${grace}::interval as at`;
    await trial.redis.client.flushall();
    await untilRestored(trial);
    await trial.redis.kill();
    await trial.redis.start();
    await untilRestored(trial);
    await untilNone(trial, 'running');
    await until('the grace to be over', async () => {
      const [row] = await trial.sql<
        { over: boolean }[]
      >`select clock_timestamp() > ${since?.at ?? null}::timestamptz + ${grace}::interval as over`;
      return row?.over;
    });
    const begun = await trial.sql`select from faults.transitions where after = 'running' and at > ${since?.at ?? null}`;
    trial.expect(`nothing begins while the queue is paused (${begun.length} did)`, begun.length === 0);
    trial.expect(
      'tasks waited meanwhile',
      (await trial.sql`select from tasks where state = 'pending' limit 1`).length === 1,
    );
    trial.expect('the resume is confirmed', await trial.client.queue('default', 'resume'));
    await load.done;
  },
};
