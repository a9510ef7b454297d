import { metrics } from '#lib/observability/index';
import type { Definition } from '#lib/tasks/define';
import type { Isolates } from '../isolate/isolates.ts';
import { startBody } from './body.ts';
import type { Claimed } from './claim.ts';
import { classifyUnhandled } from './classify.ts';
import { createCompletion, type Executed } from './complete.ts';
import type { Ports } from './context.ts';
import { createEmit } from './emit.ts';
import { afterGrace, givenUp } from './grace.ts';
import { createLimits } from './limits.ts';
import { createProgress } from './progress.ts';
import { createTaskLog } from './task-log.ts';

/**
 * Runs the handler for one attempt and says what becomes of it. Ends when the body does, or `abortGraceMs` after the
 * signal aborted: an isolated body is killed then; another goes on unseen and is counted as leaked. Never rejects.
 */
export async function execute(
  definition: Definition | undefined,
  task: Claimed,
  controller: AbortController,
  isolates: Isolates,
): Promise<Executed> {
  if (!definition) return { ending: classifyUnhandled(task) };
  let over = false;
  const limits = createLimits({ timeoutMs: task.timeoutMs, heartbeatMs: definition.heartbeatMs }, controller);
  const taskLog = createTaskLog(task, limits.alive);
  const progress = createProgress(task);
  const flush = async () => {
    await Promise.all([taskLog.flush(), progress.flush()]);
  };
  const ports: Ports = {
    signal: controller.signal,
    log: taskLog.log,
    progress: (value) => {
      limits.alive();
      progress.report(value);
    },
    heartbeat: limits.alive,
    emit: createEmit(task, () => over),
    flush,
  };
  try {
    if (definition.isolation)
      return await isolates.run(definition, definition.isolation.memoryMb, task, ports, limits.begin);
    limits.begin();
    return await runHere(definition, task, ports);
  } finally {
    over = true;
    limits.stop();
    progress.stop();
    await flush();
  }
}

async function runHere(definition: Definition, task: Claimed, ports: Ports): Promise<Executed> {
  const body = startBody(definition, task, ports, createCompletion(task, ports.flush));
  const outcome = await Promise.race([body.settled, afterGrace(ports.signal)]);
  if (outcome !== 'unheeded') return body.conclude(outcome);
  countLeak(task.queue, body.settled);
  return body.conclude(givenUp(ports.signal));
}

let leaked = 0;

/** Bodies of this process that go on although their attempt has ended. */
export const leakedBodies = (): number => leaked;

function countLeak(queue: string, settled: Promise<unknown>): void {
  leaked += 1;
  metrics.workerSlotsLeaked.inc({ queue });
  void settled.then(() => {
    leaked -= 1;
    metrics.workerSlotsLeaked.dec({ queue });
  });
}
