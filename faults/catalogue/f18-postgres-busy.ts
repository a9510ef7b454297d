import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { startLoad } from '../lab/load.ts';
import { untilCount, untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

export const postgresBusy: Fault = {
  id: 'F18',
  title: 'somebody locks tasks, holds a transaction open, and takes most connections',
  async run(trial) {
    await trial.keep('web');
    await trial.keep('worker');
    const others = postgres(trial.databaseUrl, { max: 60, connection: { application_name: 'somebody' } });
    try {
      const load = startLoad(trial.client, { tasks: trial.size(600, 6_000), work: { ms: 50 }, perSecond: 30 });
      await untilCount(trial, 'completed', 20);
      await Promise.all(Array.from({ length: 50 }, () => others`select pg_sleep(${trial.size(5, 15)})`));
      trial.hit();

      const idle = others.begin('isolation level repeatable read', async (tx) => {
        await tx`select count(*) from tasks`;
        await delay(trial.size(8, 60) * 1_000);
      });
      await others.begin(async (tx) => {
        await tx`lock table tasks in share row exclusive mode`;
        await delay(trial.size(6, 20) * 1_000);
        const [blocked] = await trial.sql<{ n: number }[]>`select count(*) as n from pg_locks where not granted`;
        trial.hit(blocked?.n ?? 0);
      });
      await untilWorkGoesOn(trial);
      await idle;
      await load.done;
    } finally {
      await others.end({ timeout: 2 });
    }
    trial.expectAtRest('no lease ran out while Postgres was only busy', ({ transitions }) =>
      transitions.every(({ before, after }) => before !== 'running' || after !== 'retrying'),
    );
  },
};
