import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { startLoad } from '../lab/load.ts';
import { until } from '../lab/until.ts';
import type { Fault } from './fault.ts';

/** What whoever reaches Redis could add: every shape but the right one. */
const bad = (id: string): unknown[] => [
  {},
  null,
  'text',
  7,
  [],
  { taskId: 7 },
  { taskId: 'x', gen: 1 },
  { taskId: id },
  { taskId: id, gen: 'one' },
  { taskId: id, gen: -1 },
  { taskId: id, gen: 2 ** 40 },
  { taskId: id, gen: 1.5 },
  { taskId: randomUUID(), gen: 1 },
  { taskId: `${id}\u0000`, gen: 1 },
];

export const badJobs: Fault = {
  id: 'F23',
  title: 'jobs in Redis that nobody of ours wrote, and of another gen',
  async run(trial) {
    await trial.keep('web');
    // Of a paused queue the relay sends nothing: what runs there was started by a job that is none.
    await trial.sql`insert into queues (name, paused) values ('held', true)`;
    const worker = await trial.keep('worker');
    await startLoad(trial.client, { tasks: trial.size(100, 1_000), work: {} }).done;
    const [held] = await trial.sql<{ id: string }[]>`
      insert into tasks (id, definition, queue, state, gen, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
      values (${randomUUID()}, 'work', 'held', 'pending', 5, '{"data": "held"}', 3, '{"attempts": 3, "backoff": {"type": "fixed", "delay": 0, "max": 0, "jitter": false}}',
        60000, now(), now(), now() + interval '1 hour', 'key:faults') returning id`;
    const queue = new Queue('default', { connection: trial.redis.client, prefix: trial.queuePrefix });
    const foreign = new Queue('default', { connection: trial.redis.client, prefix: `${trial.queuePrefix}_foreign` });
    try {
      const id = held?.id ?? '';
      const others = [1, 4, 6, 99].map((gen) => ({ taskId: id, gen }));
      for (const data of [...bad(id), ...others])
        await queue.add('work', data, { removeOnComplete: true, removeOnFail: true });
      await foreign.add('work', { taskId: id, gen: 5 });
      trial.hit(bad(id).length + others.length);
      await until(
        'the worker to take them all',
        async () => (await queue.getJobCountByTypes('waiting', 'active', 'prioritized')) === 0,
      );
      const [row] = await trial.sql<
        { state: string; fence: number }[]
      >`select state, fence from tasks where id = ${id}`;
      trial.expect('a job of another gen runs nothing', row?.state === 'pending' && row.fence === 0);
      trial.expect('the worker lives on', worker.lives() === 1);
    } finally {
      await queue.close();
      await foreign.close();
    }
    await startLoad(trial.client, { tasks: 50, work: {} }).done;
    await trial.sql`update queues set paused = false`;
    await trial.sql`update tasks set dispatch_at = now() where state = 'pending'`;
  },
};
