import { join } from 'node:path';
import { startLoad } from '../lab/load.ts';
import type { Fault } from './fault.ts';

const hour = 3_600_000;
const shifted = (ms: number) => ({
  nodeArgs: ['--import', join(import.meta.dirname, '..', 'shift-clock.ts')],
  env: { CLOCK_SHIFT_MS: String(ms) },
});

export const wrongClocks: Fault = {
  id: 'F19',
  title: 'the clocks of workers and web are an hour ahead and behind',
  async run(trial) {
    await trial.keep('web', shifted(-hour));
    await trial.keep('worker', shifted(hour));
    await trial.keep('worker', shifted(-hour));
    await trial.keep('relay', shifted(hour));
    await startLoad(trial.client, {
      tasks: trial.size(400, 4_000),
      work: () => ({ ms: trial.random.whole(0, 400), failures: trial.random.whole(0, 1) }),
      perSecond: 80,
    }).done;
    const seen = await trial.sql<{ n: number }[]>`
      select count(*) as n from tasks where abs(extract(epoch from created_at - (select min(at) from faults.transitions where task = tasks.id))) < 60`;
    trial.hit(seen[0]?.n ?? 0);
    trial.expectAtRest('leases follow the clock of the database alone: none ran out', ({ transitions, ledger }) => {
      const retries = transitions.filter(({ before, after }) => before === 'running' && after === 'retrying').length;
      return retries === ledger.filter(({ ev }) => ev === 'fail').length;
    });
  },
};
