import { validate } from 'uuid';
import { db } from '#lib/db/index';
import { engine, queueSettings } from '#lib/queues/index';
import { jobId } from '../../lib/queues/jobs.ts';
import { type Finding, several } from './finding.ts';

type QueueJob = Awaited<ReturnType<Awaited<ReturnType<ReturnType<typeof engine>['queue']>>['getJobs']>>[number];
type Sent = { id: string; gen: number; queue: string };

const page = 1_000;
const mostJobs = 20_000;

const key = (id: unknown, gen: unknown): string => `${String(id)} ${String(gen)}`;

/** Jobs that wait in BullMQ although no claim would take them: their task is gone, has ended, or is of another gen. */
export async function checkStaleJobs(): Promise<Finding[]> {
  const stale: QueueJob[] = [];
  for (const { name } of await queueSettings()) {
    const queue = await engine().queue(name);
    for (let start = 0; start < mostJobs; start += page) {
      const jobs = await queue.getJobs(['waiting', 'prioritized', 'delayed'], start, start + page - 1);
      if (jobs.length === 0) break;
      const alive = await aliveTasks(jobs);
      stale.push(...jobs.filter(({ data }) => !alive.has(key(data?.taskId, data?.gen))));
    }
  }
  if (stale.length === 0) return [];
  return [
    {
      problem: `${several(stale.length, 'job', stale[0]?.id)} in the queue belong to no task that waits for them`,
      advice: 'A worker drops them when it meets them.',
      repair: async () => {
        const removed = await Promise.allSettled(stale.map((job) => job.remove()));
        return `removed ${several(removed.filter(({ status }) => status === 'fulfilled').length, 'job')}`;
      },
    },
  ];
}

async function aliveTasks(jobs: QueueJob[]): Promise<Set<string>> {
  const ids = jobs.flatMap(({ data }) => (validate(data?.taskId) ? [String(data.taskId)] : []));
  const rows = await db()<{ id: string; gen: number }[]>`
    select id, gen from tasks where id = any(${ids}::uuid[]) and state::text in ('pending', 'running')`;
  return new Set(rows.map(({ id, gen }) => key(id, gen)));
}

/** Tasks that were sent, and whose job BullMQ does not hold: they would wait until they are sent again. */
export async function checkLostJobs(): Promise<Finding[]> {
  // A task that was only just accepted has a second for its direct dispatch; one that was sent is pushed ahead by a minute.
  const sent = await db()<Sent[]>`
    select id, gen, queue from tasks
    where state = 'pending' and dispatch_at > clock_timestamp() + interval '3 seconds' and dispatch_at < 'infinity' limit ${mostJobs}`;
  const missing: Sent[] = [];
  for (const task of sent) {
    const queue = await engine().queue(task.queue);
    if ((await queue.getJob(jobId(task.id, task.gen))) === undefined) missing.push(task);
  }
  // Those that were claimed while we looked are not lost.
  const lost = await db()<{ id: string }[]>`
    select t.id from tasks t
    join unnest(${missing.map(({ id }) => id)}::uuid[], ${missing.map(({ gen }) => gen)}::integer[]) as m (id, gen) on t.id = m.id and t.gen = m.gen
    where t.id = any(${missing.map(({ id }) => id)}::uuid[]) and t.state::text = 'pending'`;
  if (lost.length === 0) return [];
  return [
    {
      problem: `${several(lost.length, 'task', lost[0]?.id)} were sent, and the queue has lost their jobs`,
      advice: 'The relay sends them again within a minute.',
      repair: async () => {
        const { count } = await db()`
          update tasks set dispatch_at = clock_timestamp() where id in (
            select id from tasks where id = any(${lost.map(({ id }) => id)}::uuid[]) and state::text = 'pending'
            order by id for no key update skip locked)`;
        return `made ${several(count, 'task')} due at once`;
      },
    },
  ];
}
