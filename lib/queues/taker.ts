import { setTimeout as delay } from 'node:timers/promises';
import { WaitingError, type Worker } from 'bullmq';
import { atMost } from '#lib/at-most';
import { log } from '#lib/observability/index';
import type { TaskProcessor } from './engine.ts';

/** Takes jobs of one queue until it is closed. */
export type JobTaker = {
  /** Jobs at once from now on. Fewer than run now: those go on. */
  setConcurrency(jobs: number): void;
  /** Takes no more; the running ones go on. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** `force` does not wait for the running ones. */
  close(force?: boolean): Promise<void>;
};

const retryAfterMs = 1_000;
const closeTimeoutMs = 2_000;

/**
 * @param open makes a BullMQ worker that calls this processor and does not run yet.
 */
export function createTaker(
  processor: TaskProcessor,
  slots: number,
  open: (processor: TaskProcessor, slots: number) => Worker,
): JobTaker {
  let jobsAtOnce = slots;
  let paused = false;
  let closed = false;
  let ready = false;
  let worker = make();

  function make(): Worker {
    return open(async (job, token, signal) => {
      // A worker that waited for a job when it was paused still takes one: it goes back to where it was.
      if (paused) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      return processor(job, token, signal);
    }, jobsAtOnce);
  }

  /**
   * A worker whose backend did not answer at first never asks it again, and on Postgres spins for ever: another one is made.
   */
  async function start(): Promise<void> {
    while (!closed) {
      const ended = await worker.waitUntilReady().then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (!ended) break;
      log.debug('A queue cannot be taken from yet', { queue: worker.name, error: ended.error });
      await atMost(closeTimeoutMs, worker.close(true));
      await delay(retryAfterMs);
      if (!closed) worker = make();
    }
    ready = true;
    resume();
  }

  function resume(): void {
    if (ready && !paused && !closed) void worker.resume();
  }

  void start();
  return {
    setConcurrency: (jobs) => {
      const more = jobs > jobsAtOnce;
      jobsAtOnce = jobs;
      worker.concurrency = jobs;
      // It looks at its concurrency when a job ends, or when it is resumed.
      if (more && ready && !paused) void worker.pause(true).then(resume);
    },
    pause: async () => {
      paused = true;
      if (ready) await worker.pause(true);
    },
    resume: async () => {
      paused = false;
      resume();
    },
    close: (force) => {
      closed = true;
      return worker.close(force);
    },
  };
}
