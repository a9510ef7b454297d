import { setTimeout as delay } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { startLoad } from '../lab/load.ts';
import { postgresReplyIsWhole } from '../lab/tcp-proxy.ts';
import type { Trial } from '../lab/trial.ts';
import { until } from '../lab/until.ts';
import { untilCount, untilWorkGoesOn } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

async function activeJobs(trial: Trial): Promise<number> {
  const queue = new Queue('default', { connection: trial.redis.client, prefix: trial.queuePrefix });
  try {
    return await queue.getActiveCount();
  } finally {
    await queue.close();
  }
}

export const postgresUnreachable: Fault = {
  id: 'F16.1',
  title: 'Postgres is unreachable for a time: cut off, and half-open',
  async run(trial) {
    const line = await trial.proxy('postgres');
    await trial.keep('web', { through: { postgres: line } });
    await trial.keep('worker', { through: { postgres: line } });
    const load = startLoad(trial.client, { tasks: trial.size(400, 6_000), work: { ms: 100 }, perSecond: 60 });
    for (const mode of [{ kind: 'blackhole' }, { kind: 'half-open', held: 'reply' }, { kind: 'refuse' }] as const) {
      await untilCount(trial, 'running', 1);
      await line.set(mode);
      await delay(trial.size(4, 30) * 1_000);
      trial.hit(line.hits());
      // Bodies have ended by now and nobody could record it: their jobs must stand in BullMQ still.
      const [held = { n: 0 }] = await trial.sql<
        { n: number }[]
      >`select count(*) as n from tasks where state = 'running'`;
      const active = await activeJobs(trial);
      trial.expect(
        `no job was acked before its ending was committed (${active} active, ${held.n} running)`,
        active >= held.n,
      );
      await line.set({ kind: 'pass' });
      await untilWorkGoesOn(trial);
    }
    await load.done;
  },
};

export const replyLost: Fault = {
  id: 'F16.2',
  title: 'Postgres commits, and its reply is lost',
  async run(trial) {
    const [webLine, workerLine] = [await trial.proxy('postgres'), await trial.proxy('postgres')];
    await trial.keep('web', { through: { postgres: webLine } });
    await trial.keep('worker', { through: { postgres: workerLine } });
    await startLoad(trial.client, { tasks: 50, work: {} }).done;
    const lose = { kind: 'cut-before-reply', isWhole: postgresReplyIsWhole, times: trial.size(10, 100) } as const;
    await webLine.set({ ...lose, request: '"request_hash"' });
    // As it stands in an array of results.
    await workerLine.set({ ...lose, request: String.raw`\"sha256\"` });
    const load = startLoad(trial.client, {
      tasks: trial.size(600, 6_000),
      work: { ms: 5 },
      perSecond: 60,
      parallel: 4,
    });
    await until(
      'replies to accepts and to finishes to be lost',
      async () => webLine.hits() >= lose.times && workerLine.hits() >= lose.times,
    );
    await load.done;
    trial.hit(webLine.hits() + workerLine.hits());
    trial.expectAtRest('a finish whose reply was lost is not done again', ({ ledger, tasks }) => {
      return ledger.filter(({ ev }) => ev === 'start').length === tasks.length;
    });
  },
};
