import { setTimeout as delay } from 'node:timers/promises';
import { WaitingError, type Worker } from 'bullmq';
import { atMost } from '#lib/at-most';
import { log } from '#lib/observability/index';
import type { JobProcessor, TaskJob, TaskProcessor } from './engine.ts';
import { createSlots } from './slots.ts';

/** How many jobs a taker takes. */
export type Taking = {
  /** Bodies at once. */
  slots: number;
  /** Whether jobs may be taken before there is a slot for them: not where each one counts over all workers. */
  ahead: boolean;
};

/** Takes jobs of one queue until it is closed. */
export type JobTaker = {
  /** From now on. Fewer slots than are taken: those that run go on. */
  setTaking(taking: Taking): void;
  /** Takes no more; the running ones go on. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** `force` does not wait for the running ones. */
  close(force?: boolean): Promise<void>;
};

const retryAfterMs = 1_000;
const closeTimeoutMs = 2_000;

/**
 * Jobs are taken ahead of their slots while they come and go quickly: so many as begin in this time. Then a slot never waits for
 * the round trip that fetches a job, and claims and outcomes share larger statements. A slow body has nothing behind it.
 */
const aheadMs = 40;
const mostAhead = 200;
const paceEveryMs = 100;
/** One that was taken ahead of bodies that turned slow goes back, for another worker to take. */
const patienceMs = 250;

/**
 * @param open makes a BullMQ worker that calls this processor for so many jobs at once and does not run yet.
 */
export function createTaker(
  processor: JobProcessor,
  initial: Taking,
  open: (processor: TaskProcessor, jobs: number) => Worker,
): JobTaker {
  const slots = createSlots(initial.slots);
  let taking = initial;
  let paused = false;
  let closed = false;
  let ready = false;
  let worker = make();
  const pacing = setInterval(pace, paceEveryMs).unref();

  function make(): Worker {
    return open(async (job, token) => {
      // A worker that waited for a job when it was paused still takes one.
      if (paused || !(await slots.enter())) return giveBack(job, token);
      let left = false;
      const leave = (): void => {
        if (!left) slots.leave();
        left = true;
      };
      try {
        await processor(job.data, leave);
      } finally {
        leave();
      }
    }, taking.slots);
  }

  function pace(): void {
    const began = slots.takeEntered();
    const ahead = taking.ahead ? Math.min(mostAhead, Math.floor((began / paceEveryMs) * aheadMs)) : 0;
    worker.concurrency = taking.slots + ahead;
    slots.turnAway(patienceMs);
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
    setTaking: (next) => {
      if (next.slots === taking.slots && next.ahead === taking.ahead) return;
      const more = next.slots > taking.slots;
      taking = next;
      slots.resize(next.slots);
      worker.concurrency = next.slots;
      // It looks at its concurrency when a job ends, or when it is resumed.
      if (more && ready && !paused) void worker.pause(true).then(resume);
    },
    pause: async () => {
      paused = true;
      slots.turnAway(0);
      if (ready) await worker.pause(true);
    },
    resume: async () => {
      paused = false;
      resume();
    },
    close: (force) => {
      closed = true;
      clearInterval(pacing);
      slots.turnAway(0);
      return worker.close(force);
    },
  };
}

/** The job goes back to where it was. */
async function giveBack(job: TaskJob, token: string | undefined): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
}
