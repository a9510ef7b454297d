import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import type { Fault } from './fault.ts';

export const frozenInFinish: Fault = {
  id: 'F6',
  title: 'SIGSTOP a worker with a batch of endings in its hand; half of its leases run out',
  async run(trial) {
    await trial.keep('web');
    // The bodies end together, so that their endings share a statement.
    const frozen = await trial.start('worker', { failpoint: `worker.before_finish:stop@${trial.random.whole(2, 4)}` });
    const load = startLoad(trial.client, { tasks: trial.size(200, 5_000), work: { ms: 100 }, perSecond: 300 });
    await until('the worker to stop in its finish', async () => trial.failpointHits() === 1);
    const half = await trial.sql<{ id: string }[]>`
      update tasks set lease_until = clock_timestamp() - interval '1 second'
      where id in (select id from tasks where state = 'running' order by id limit (select (count(*) + 1) / 2 from tasks where state = 'running'))
      returning id`;
    await trial.start('relay');
    await until('the reaper to end them', async () => {
      const left =
        await trial.sql`select from tasks where state = 'running' and id = any(${half.map(({ id }) => id)}::uuid[]) and fence = 1`;
      return left.length === 0;
    });
    frozen.signal('SIGCONT');
    trial.hit(half.length);
    await load.done;
    trial.expectAtRest('endings of the lost half were refused', ({ staleWrites }) => staleWrites > 0);
    trial.expectAtRest('endings of the other half were kept', ({ transitions }) => {
      const taken = new Set(half.map(({ id }) => id));
      return transitions.some(({ task, after, fence }) => after === 'completed' && fence === 1 && !taken.has(task));
    });
  },
};
