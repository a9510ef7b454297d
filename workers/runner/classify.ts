import { backoffMs } from '#lib/tasks/backoff';
import { PermanentError } from '#lib/tasks/define';
import { toStoredError } from '#lib/tasks/stored';
import type { Claimed } from './claim.ts';
import type { Ending } from './finish.ts';

/** The reasons for which an attempt is told to stop; `signal.reason` is one of them. */
export class TaskCancelled extends Error {
  override readonly name = 'TaskCancelled';
}
export class TaskTimeout extends Error {
  override readonly name = 'TaskTimeout';
}
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}
export class WorkerStopping extends Error {
  override readonly name = 'WorkerStopping';
}

/** What the body did: returned, or threw; `stopped` is why it was told to stop, if it was. */
export type BodyOutcome =
  | { returned: true; result: unknown }
  | { returned: false; thrown: unknown; stopped: Error | undefined };

/** The one place that knows about the last attempt: turns what the body did into what becomes of the task. */
export function classify(task: Pick<Claimed, 'attempt' | 'maxAttempts' | 'retry'>, outcome: BodyOutcome): Ending {
  if (outcome.returned) return { state: 'completed', outcome: 'success', result: outcome.result };
  const { thrown, stopped } = outcome;
  if (stopped instanceof WorkerStopping) return { state: 'pending', outcome: 'released' };
  if (stopped instanceof TaskCancelled)
    return { state: 'cancelled', outcome: 'cancelled', error: toStoredError(stopped) };
  const kind = stopped instanceof TaskTimeout ? 'timeout' : 'failure';
  const error = toStoredError(stopped instanceof TaskTimeout ? stopped : thrown);
  if (thrown instanceof PermanentError || task.attempt >= task.maxAttempts)
    return { state: 'failed', outcome: kind, error };
  return { state: 'retrying', outcome: kind, error, delayMs: backoffMs(task.retry, task.attempt) };
}

/** An attempt whose worker died: the next one, or `abandoned` when there is none left or its workers died too often. */
export function classifyLost(task: Pick<Claimed, 'attempt' | 'maxAttempts' | 'lost' | 'maxLost' | 'retry'>): Ending {
  const error = toStoredError(new LeaseLost('The worker that ran this attempt stopped answering.'));
  delete error.stack;
  if (task.attempt >= task.maxAttempts || task.lost + 1 >= task.maxLost)
    return { state: 'abandoned', outcome: 'lost', error };
  return { state: 'retrying', outcome: 'lost', error, delayMs: backoffMs(task.retry, task.attempt) };
}
