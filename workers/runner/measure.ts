import { metrics } from '#lib/observability/index';
import { isTerminal, type TaskState } from '#lib/tasks/state';
import type { Claimed } from './claim.ts';
import type { Ending } from './finish.ts';

const secondsSince = (date: Date): number => Math.max(0, (Date.now() - date.getTime()) / 1_000);

/** Counts the start of an attempt and how long the task had waited for it. */
export function countStart({ queue, definition, readyAt, startedAt }: Claimed): void {
  metrics.attemptsStartedTotal.inc({ queue, definition });
  // Both times are the database's, so the clocks of this machine play no part.
  metrics.queueWaitSeconds.observe({ queue }, Math.max(0, (startedAt.getTime() - readyAt.getTime()) / 1_000));
}

/** Counts how the attempt ended and, when the task has ended with it, that too. */
export function countEnding(
  { queue, definition, readyAt, startedAt, attempt }: Claimed,
  ending: Ending,
  state: TaskState,
): void {
  if (ending.outcome === 'released' || ending.outcome === 'rate_limited') return;
  metrics.attemptDurationSeconds.observe({ queue, definition }, secondsSince(startedAt));
  metrics.attemptsFinishedTotal.inc({ queue, definition, outcome: ending.outcome });
  if (ending.outcome === 'failure' || ending.outcome === 'timeout')
    metrics.attemptFailuresTotal.inc({ queue, error_kind: errorKind(ending) });
  if (state === 'retrying') metrics.retriesScheduledTotal.inc({ queue, definition });
  if (!isTerminal(state)) return;
  metrics.tasksFinishedTotal.inc({ queue, definition, status: state });
  metrics.taskAttempts.observe({ queue }, attempt);
  metrics.taskTotalSeconds.observe({ queue }, secondsSince(readyAt));
}

/** A closed set: names of errors come from handlers and would make series without end. */
function errorKind(ending: Ending): 'timeout' | 'permanent' | 'error' {
  if (ending.outcome === 'timeout') return 'timeout';
  return 'error' in ending && ending.error.retryable === false ? 'permanent' : 'error';
}
