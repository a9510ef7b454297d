import { db } from '#lib/db/index';
import { log, metrics, withContext } from '#lib/observability/index';
import { engine, type JobData } from '#lib/queues/index';
import { publishTasks } from '#lib/realtime/index';
import { cancelChannel } from '#lib/tasks/index';
import type { Definition } from '#lib/tasks/define';
import { beat } from './beat.ts';
import { type Claimed, createClaim } from './claim.ts';
import { classify, LeaseLost, TaskCancelled, WorkerStopping } from './classify.ts';
import { abortGraceMs, execute } from './execute.ts';
import { createFinish, type Ending } from './finish.ts';
import { countEnding, countStart } from './measure.ts';
import { claimedSummary, endedSummary } from './summary.ts';

type Running = {
  task: Claimed;
  controller: AbortController;
  done: Promise<void>;
  /** Up to when its time in a slot is counted. */ countedMs: number;
};

type Options = {
  workerId: string;
  definitions: ReadonlyMap<string, Definition>;
  queues: { name: string; concurrency: number }[];
  /** Milliseconds that running tasks get to end when the worker stops. */
  graceMs: number;
};

export type Runner = {
  /** Tasks that run now; also counts their time so far. */
  running(): { queue: string; startedAt: Date }[];
  slots: number;
  /** Takes no more, waits for the grace, gives the rest back uncharged. Safe to call twice. */
  stop(): Promise<void>;
};

const beatEveryMs = 5_000;
const closeTimeoutMs = 3_000;

/** Takes jobs of the queues and runs them: claim, execute, classify, finish, ack. */
export async function startRunner({ workerId, definitions, queues, graceMs }: Options): Promise<Runner> {
  const running = new Map<string, Running>();
  const claim = createClaim(workerId);
  const finish = createFinish();
  let stopping: Promise<void> | undefined;
  let stopped = false;

  async function process({ taskId, gen }: JobData): Promise<void> {
    const task = await claim({ taskId, gen });
    // A claim that was read back may be one that runs here already.
    if (!task || running.get(task.id)?.task.fence === task.fence) {
      metrics.duplicateExecutionsPreventedTotal.inc();
      return;
    }
    // Nobody waits for what begins after the bodies were told to stop.
    if (stopped) return end(task, { state: 'pending', outcome: 'released' });
    const controller = new AbortController();
    const done = withContext(
      { taskId, attempt: task.attempt, definition: task.definition, queue: task.queue, workerId },
      () => attempt(task, controller),
    );
    const entry: Running = { task, controller, done, countedMs: performance.now() };
    running.set(task.id, entry);
    try {
      // The job is acked when this resolves, so only after the ending has committed.
      await done;
    } finally {
      // This worker may have been given its own lost task again: that attempt still runs.
      if (running.get(task.id) === entry) running.delete(task.id);
      countBusy(entry);
    }
  }

  async function attempt(task: Claimed, controller: AbortController): Promise<void> {
    publishTasks([claimedSummary(task)]);
    countStart(task);
    const ending = classify(task, await execute(definitions.get(task.definition), task, controller));
    await end(task, ending);
  }

  async function end(task: Claimed, ending: Ending): Promise<void> {
    const ended = await finish({ id: task.id, fence: task.fence, ending });
    if (!ended) {
      metrics.staleWritesRejectedTotal.inc();
      log.warn('The attempt had lost its lease; what it did is not recorded');
      return;
    }
    countEnding(task, ending, ended.state);
    publishTasks([endedSummary(task, ending, ended)]);
  }

  /** A task that runs for hours is counted as it runs, not when it ends. */
  function countBusy(entry: Running): void {
    const now = performance.now();
    metrics.workerBusySecondsTotal.inc({ queue: entry.task.queue }, (now - entry.countedMs) / 1_000);
    entry.countedMs = now;
  }

  function stopTask(id: string, reason: Error): void {
    running.get(id)?.controller.abort(reason);
  }

  async function beatOnce(): Promise<void> {
    const { lost, cancelled } = await beat([...running.values()].map(({ task: { id, fence } }) => ({ id, fence })));
    for (const { id, fence } of lost) {
      if (running.get(id)?.task.fence === fence) stopTask(id, new LeaseLost('The task was given to another worker.'));
    }
    for (const id of cancelled) stopTask(id, new TaskCancelled('The task was cancelled.'));
  }

  const beats = setInterval(
    () => void beatOnce().catch((error: unknown) => log.warn('A heartbeat failed', { error })),
    beatEveryMs,
  );
  const cancels = await db().listen(cancelChannel, (id) => stopTask(id, new TaskCancelled('The task was cancelled.')));
  const takers = queues.map(({ name, concurrency }) => engine().work(name, (job) => process(job.data), concurrency));

  async function stop(): Promise<void> {
    const closing = Promise.allSettled(takers.map((taker) => taker.close()));
    const bodies = () => Promise.allSettled([...running.values()].map(({ done }) => done));
    await within(graceMs, bodies());
    stopped = true;
    for (const id of running.keys()) stopTask(id, new WorkerStopping('The worker is stopping.'));
    // An ending waits for Postgres as long as it takes; this process does not.
    await within(abortGraceMs + closeTimeoutMs, bodies());
    await within(closeTimeoutMs, closing);
    // close() waits for ever while the backend is down (bullmq #4656).
    await within(closeTimeoutMs, Promise.allSettled(takers.map((taker) => taker.close(true))));
    clearInterval(beats);
    await cancels.unlisten().catch((error: unknown) => log.debug('unlisten', { error }));
  }

  return {
    running: () =>
      [...running.values()].map((entry) => {
        countBusy(entry);
        return { queue: entry.task.queue, startedAt: entry.task.startedAt };
      }),
    slots: queues.reduce((sum, { concurrency }) => sum + concurrency, 0),
    stop: () => (stopping ??= stop()),
  };
}

/** Resolves when the work does, at latest after `ms`. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}
