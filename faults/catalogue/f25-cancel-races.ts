import { setTimeout as delay } from 'node:timers/promises';
import { startLoad } from '../lab/load.ts';
import type { Trial } from '../lab/trial.ts';
import { untilCount } from '../lab/waits.ts';
import type { Fault } from './fault.ts';

/** Submits a task, and cancels it after a random moment, once or twice at the same time. */
async function race(trial: Trial, cancelled: Set<string>): Promise<void> {
  const id = await trial.client.submit({ ms: trial.random.whole(0, 60) });
  if (id === undefined) return;
  await delay(trial.random.between(0, 80));
  const answers = await Promise.all([trial.client.control(id, 'cancel'), trial.client.control(id, 'cancel')]);
  if (answers.includes('cancelled')) cancelled.add(id);
  trial.hit(answers.filter((state) => state !== undefined).length);
}

export const cancelRaces: Fault = {
  id: 'F25',
  title: 'cancel races claim, finish and reap; twice at once; without Redis',
  async run(trial) {
    await trial.keep('web');
    const worker = await trial.keep('worker');
    const cancelled = new Set<string>();
    const races = trial.size(300, 4_000);
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let index = 0; index < races / 8; index += 1) await race(trial, cancelled);
      }),
    );
    // The reaper finds tasks whose cancel was asked for while their worker died: they do not run again.
    await startLoad(trial.client, { tasks: 10, work: { ms: 60_000 } }).done;
    await untilCount(trial, 'running', 10);
    const orphans = await trial.sql<{ id: string }[]>`select id from tasks where state = 'running'`;
    worker.now().signal('SIGSTOP');
    for (const { id } of orphans) await trial.client.control(id, 'cancel');
    await worker.now().kill();

    await trial.redis.kill();
    for (let index = 0; index < 20; index += 1) {
      const id = await trial.client.submit({});
      if (id !== undefined && (await trial.client.control(id, 'cancel')) === 'cancelled') cancelled.add(id);
    }
    await trial.redis.start();
    trial.expect('some cancels came before the claim', cancelled.size >= 20);
    trial.expectAtRest('a confirmed cancel is never undone', ({ tasks }) =>
      tasks.every(({ id, state }) => !cancelled.has(id) || state === 'cancelled'),
    );
    trial.expectAtRest('a task that was to be cancelled does not run again', ({ tasks, ledger }) => {
      const lost = new Set(orphans.map(({ id }) => id));
      const starts = ledger.filter(({ ev, task }) => ev === 'start' && lost.has(task)).length;
      return starts === lost.size && tasks.every(({ id, state }) => !lost.has(id) || state === 'cancelled');
    });
  },
};
