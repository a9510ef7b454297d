import { atMost } from '#lib/at-most';
import { db } from '#lib/db/index';
import { failpoint } from '#lib/failpoint';
import { log, metrics, withContext } from '#lib/observability/index';
import type { JobData } from '#lib/queues/index';
import { publishTask } from '#lib/realtime/index';
import { afterEnded, cancelChannel } from '#lib/tasks/index';
import type { Definition } from '#lib/tasks/define';
import { createIsolates } from '../isolate/isolates.ts';
import { beat } from './beat.ts';
import { type Claimed, createClaim } from './claim.ts';
import { LeaseLost, TaskCancelled, WorkerStopping } from './classify.ts';
import { execute } from './execute.ts';
import { createFinish, type Ended, type Ending } from './finish.ts';
import { abortGraceMs } from './grace.ts';
import { countEnding, countStart } from './measure.ts';
import { claimedSummary, endedSummary } from './summary.ts';
import { createTakers, type QueueSlots, type Takers } from './takers.ts';

type Running = {
  task: Claimed;
  controller: AbortController;
  /** Up to when its time in a slot is counted. */
  countedMs: number;
  /** Only its outcome is still being recorded. */
  bodyEnded: boolean;
};

type Options = {
  workerId: string;
  definitions: ReadonlyMap<string, Definition>;
  queues: QueueSlots[];
  /** Milliseconds that running tasks get to end when the worker stops. */
  graceMs: number;
};

export type Runner = {
  /** Tasks whose bodies run now; also counts their time so far. */
  running(): { queue: string; startedAt: Date }[];
  takers: Omit<Takers, 'close'>;
  /** Takes no more, waits for the grace, gives the rest back uncharged. Safe to call twice; the first grace counts. */
  stop(graceMs?: number): Promise<void>;
};

const beatEveryMs = 5_000;
const closeTimeoutMs = 3_000;

/** Takes jobs of the queues and runs them: claim, execute, classify, finish, ack. */
export async function startRunner({ workerId, definitions, queues, graceMs }: Options): Promise<Runner> {
  const running = new Map<string, Running>();
  /** From before the claim: a task that was being claimed when the worker was told to stop has its grace too. */
  const jobs = new Set<Promise<void>>();
  const claim = createClaim(workerId);
  const finish = createFinish();
  const isolates = createIsolates([...definitions.values()]);
  let stopping: Promise<void> | undefined;
  let stopped = false;

  async function process({ taskId, gen }: JobData, leave: () => void): Promise<void> {
    const task = await claim({ taskId, gen });
    await failpoint('worker.after_claim');
    // A claim that was read back may be one that runs here already.
    if (!task || running.get(task.id)?.task.fence === task.fence) {
      metrics.duplicateExecutionsPreventedTotal.inc();
      return;
    }
    // Nobody waits for what begins after the bodies were told to stop.
    if (stopped) return end(task, { state: 'pending', outcome: 'released' });
    const entry: Running = { task, controller: new AbortController(), countedMs: performance.now(), bodyEnded: false };
    running.set(task.id, entry);
    try {
      // The job is acked when this resolves, so only after the ending has committed.
      await withContext(
        { taskId, attempt: task.attempt, definition: task.definition, queue: task.queue, workerId },
        () => attempt(entry, leave),
      );
    } finally {
      // This worker may have been given its own lost task again: that attempt still runs.
      if (running.get(task.id) === entry) running.delete(task.id);
    }
  }

  async function attempt(entry: Running, leave: () => void): Promise<void> {
    const { task, controller } = entry;
    publishTask(task, () => claimedSummary(task));
    countStart(task);
    const { ending, ended } = await execute(definitions.get(task.definition), task, controller, isolates);
    countBusy(entry);
    entry.bodyEnded = true;
    leave();
    await end(task, ending, ended);
  }

  /** @param completed the row when the body has completed its task itself. */
  async function end(task: Claimed, ending: Ending, completed?: Ended): Promise<void> {
    const ended = completed ?? (await finish({ id: task.id, fence: task.fence, ending }));
    if (!ended) {
      metrics.staleWritesRejectedTotal.inc();
      log.warn('The attempt had lost its lease; what it did is not recorded');
      return;
    }
    countEnding(task, ending, ended.state);
    const { definition } = task;
    publishTask({ id: ended.id, version: ended.version, definition }, () => endedSummary(task, ending, ended));
    afterEnded([ended]);
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
  const takers = createTakers((job, leave) => {
    const work = process(job, leave).finally(() => jobs.delete(work));
    jobs.add(work);
    return work;
  });
  takers.configure(queues);

  async function stop(grace: number): Promise<void> {
    const closing = takers.close();
    const bodies = async () => {
      while (jobs.size > 0) await Promise.allSettled(jobs);
    };
    await atMost(grace, bodies());
    stopped = true;
    for (const id of running.keys()) stopTask(id, new WorkerStopping('The worker is stopping.'));
    // An ending waits for Postgres as long as it takes; this process does not.
    await atMost(abortGraceMs + closeTimeoutMs, bodies());
    await atMost(closeTimeoutMs, closing);
    // close() waits for ever while the backend is down (bullmq #4656).
    await atMost(closeTimeoutMs, takers.close(true));
    isolates.stop();
    clearInterval(beats);
    await cancels.unlisten().catch((error: unknown) => log.debug('unlisten', { error }));
  }

  return {
    running: () =>
      [...running.values()]
        .filter(({ bodyEnded }) => !bodyEnded)
        .map((entry) => {
          countBusy(entry);
          return { queue: entry.task.queue, startedAt: entry.task.startedAt };
        }),
    takers,
    stop: (grace = graceMs) => (stopping ??= stop(grace)),
  };
}
