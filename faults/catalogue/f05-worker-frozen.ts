import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import { readLedger } from '../lab/ledger.ts';
import type { Trial } from '../lab/trial.ts';
import type { Fault } from './fault.ts';

/** Bodies that have only their end before them. */
const bodiesNearTheirEnd = (trial: Trial): number => {
  const events = readLedger(trial.ledgerFolder);
  return events.filter(({ ev }) => ev === 'effect').length - events.filter(({ ev }) => ev === 'end').length;
};

export const workerFrozen: Fault = {
  id: 'F5',
  title: 'SIGSTOP a worker for longer than its lease, then SIGCONT',
  async run(trial) {
    const frozen = await trial.start('worker');
    await trial.keep('web');
    // A deaf body ends with a result although its lease is lost; one that is still amid its work when the worker goes on, with an error.
    const load = startLoad(trial.client, {
      tasks: 60,
      work: () =>
        trial.random.pick([
          { ms: 5_000, deaf: true },
          { ms: 5_000, deaf: true },
          { ms: 5_000, deaf: false },
          { ms: 40_000, deaf: false },
        ]),
      perSecond: 200,
    });
    await until('the worker to be amid some bodies', async () => bodiesNearTheirEnd(trial) >= 5);
    frozen.signal('SIGSTOP');
    const held = await trial.sql<{ id: string; fence: number }[]>`select id, fence from tasks where state = 'running'`;
    await trial.keep('worker');
    // Few enough to be run again soon. Only a fence tells the old body from the new one then: the task runs either way.
    await until(
      'another worker to run them under another fence',
      async () => {
        const [row] = await trial.sql<{ old: number; anew: number }[]>`
          select count(*) filter (where tasks.fence = held.fence) as old, count(*) filter (where tasks.fence > held.fence) as anew
          from tasks join unnest(${held.map(({ id }) => id)}::uuid[], ${held.map(({ fence }) => fence)}::integer[]) as held (id, fence)
            on held.id = tasks.id where tasks.state = 'running'`;
        return row !== undefined && row.old === 0 && row.anew >= 3;
      },
      120_000,
    );
    frozen.signal('SIGCONT');
    trial.hit(held.length);
    await load.done;
    await startLoad(trial.client, { tasks: trial.size(20, 4_000), work: { ms: 50 } }).done;
    trial.expectAtRest('at least one write of the stale worker was refused', ({ staleWrites }) => staleWrites >= 1);
    trial.expectAtRest('nothing that the stale worker did made a third body begin', ({ ledger }) =>
      held.every(({ id }) => ledger.filter(({ ev, task }) => ev === 'start' && task === id).length <= 2),
    );
  },
};
