import { quantile } from '../checks/figures.ts';
import { startLoad } from '../lab/load.ts';
import type { Fault } from './fault.ts';
import { killAt } from './f02-killed-at-failpoints.ts';

/** The relay takes over a second after the commit; the rest is for a machine that does other things too. */
const dispatchLimitMs = 10_000;

export const webKilled: Fault = {
  id: 'F3',
  title: 'kill -9 the web before and after its commit',
  async run(trial) {
    await trial.keep('worker');
    const load = startLoad(trial.client, { tasks: Infinity, work: {}, perSecond: 60 });
    const times = trial.size(3, 25);
    await killAt(trial, { name: 'web.before_commit', program: 'web' }, times);
    await killAt(trial, { name: 'web.after_commit', program: 'web' }, times);
    await load.stop();
    await trial.keep('web');
    await startLoad(trial.client, { tasks: 100, work: {} }).done;
    trial.expectAtRest(`tasks whose web died are dispatched within ${dispatchLimitMs} ms (p95)`, ({ transitions }) => {
      const inserted = new Map(
        transitions.flatMap(({ before, task, at }) => (before === null ? [[task, at] as const] : [])),
      );
      const waits = transitions.flatMap(({ after, task, at, fence }) =>
        after === 'running' && fence === 1 ? [at.getTime() - (inserted.get(task)?.getTime() ?? 0)] : [],
      );
      // Those that were dispatched at once took milliseconds.
      const byRelay = waits.filter((ms) => ms > 900);
      trial.recoveries.push(...byRelay);
      return quantile(byRelay, 0.95) < dispatchLimitMs;
    });
  },
};
