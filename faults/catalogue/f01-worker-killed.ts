import { setTimeout as delay } from 'node:timers/promises';
import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import type { Fault } from './fault.ts';

export const workerKilled: Fault = {
  id: 'F1',
  title: 'kill -9 a worker amid its tasks',
  async run(trial) {
    const workers = [await trial.keep('worker'), await trial.keep('worker')] as const;
    await trial.keep('web');
    const kills = trial.size(6, 200);
    const load = startLoad(trial.client, {
      tasks: trial.size(1_500, 20_000),
      work: () => ({ ms: trial.random.whole(0, 300) }),
      perSecond: trial.size(60, 75),
    });
    let over = false;
    void Promise.allSettled([load.done]).then(() => (over = true));
    const running = async (pid: number): Promise<number> => {
      const [row] = await trial.sql<{ running: number }[]>`
        select count(*) as running from tasks join workers on workers.id = worker_id where tasks.state = 'running' and pid = ${pid}`;
      return row?.running ?? 0;
    };
    for (let kill = 0; kill < kills; kill += 1) {
      const worker = trial.random.pick(workers);
      // One that was just started again has nothing yet: a kill then hits nothing.
      await until('a worker with tasks', async () => over || (await running(worker.now().pid)) > 0);
      await delay(trial.random.between(0, 1_000));
      trial.hit(await running(worker.now().pid));
      await worker.now().kill();
    }
    await load.done;
    await until('the last killed worker to be started again', async () =>
      workers.every((worker) => worker.now().exit === undefined),
    );
  },
};
