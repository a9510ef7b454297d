import type { BulkJobOptions, WorkerOptions } from 'bullmq';
import type { JobToAdd } from './engine.ts';

/** BullMQ runs the lowest number first and 0 before all; a task's priority is -100 to 100, higher first. */
export const bullPriority = (priority: number): number => 101 - priority;

/** The id holds the gen, so that a task sent again is a new job and an old job is told apart. */
export const jobId = (taskId: string, gen: number): string => `t-${taskId}-${gen}`;

/**
 * The jobs as BullMQ wants them: one attempt, nothing kept, since Postgres counts attempts and keeps history.
 *
 * @param ordered by priority; else they stand as they come.
 */
export function toBulk(
  jobs: JobToAdd[],
  ordered: boolean,
): { name: string; data: { taskId: string; gen: number }; opts: BulkJobOptions }[] {
  return jobs.map(({ name, taskId, gen, priority }) => ({
    name,
    data: { taskId, gen },
    opts: {
      jobId: jobId(taskId, gen),
      attempts: 1,
      ...(ordered && { priority: bullPriority(priority) }),
      removeOnComplete: true,
      removeOnFail: true,
    },
  }));
}

/** Worker settings that both backends share. */
export const workerOptions = (concurrency: number) =>
  ({
    concurrency,
    autorun: false,
    // A job handed out again by the stalled check is refused by the claim, so BullMQ may do it often.
    lockDuration: 60_000,
    stalledInterval: 30_000,
    maxStalledCount: 1_000,
    // A rate limit that was lifted is felt within a second, whatever its window was.
    maximumRateLimitDelay: 1_000,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  }) satisfies Partial<WorkerOptions>;
