import { ErrorCode, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobToAdd } from './engine.ts';
import { bullPriority, toBulk } from './jobs.ts';

/** Jobs that are put in order by one pipeline. */
const perPass = 500;

/**
 * Adds jobs to a queue on Redis. Where nothing has a priority of its own they stand in BullMQ's plain list, which costs Redis
 * less than its ordered set. BullMQ empties the list before the set: so, as long as there is anything in the set, all that comes
 * is put there, and what stands in the list is moved there by the first that has a priority.
 */
export async function addInOrder(client: Redis, queue: Queue, jobs: JobToAdd[]): Promise<void> {
  const asked = jobs.some(({ priority }) => priority !== 0);
  const ordered = asked || (await client.zcard(queue.toKey('prioritized'))) > 0;
  await queue.addBulk(toBulk(jobs, ordered));
  if (asked) await orderWaiting(queue);
}

/** Moves the plain jobs into the set, the oldest first; what comes meanwhile goes there by itself. */
async function orderWaiting(queue: Queue): Promise<void> {
  let left = await queue.getJobCountByTypes('waiting');
  for (; left > 0; left -= perPass) {
    const jobs = await queue.getJobs(['waiting'], 0, perPass - 1, true);
    await Promise.all(jobs.map((job) => job.changePriority({ priority: bullPriority(0) }).catch(unlessGone)));
  }
}

/** A job that has ended meanwhile needs no order. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === ErrorCode.JobNotExist)) throw error;
}
