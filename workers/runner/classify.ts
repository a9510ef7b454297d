import { log } from '#lib/observability/index';
import { backoffMs } from '#lib/tasks/backoff';
import { type Definition, PermanentError } from '#lib/tasks/define';
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

/** What the definition says about its errors. */
type ErrorHooks = Pick<Definition, 'isRetryable' | 'isRateLimited' | 'backoff'>;

type Attempted = Pick<Claimed, 'attempt' | 'maxAttempts' | 'fence' | 'retry'>;

/** Times that a task may wait without a charge before waiting is charged as any failure is. */
const maxUncharged = 1_000;
const maxWaitMs = 86_400_000;

/** Starts of this task, the present one left out, that were not charged as attempts. */
const unchargedStarts = ({ fence, attempt }: Attempted): number => fence - attempt;

/** The one place that knows about the last attempt: turns what the body did into what becomes of the task. */
export function classify(task: Attempted, outcome: BodyOutcome, hooks: ErrorHooks = {}): Ending {
  if (outcome.returned) return { state: 'completed', outcome: 'success', result: outcome.result };
  const { thrown, stopped } = outcome;
  if (stopped instanceof WorkerStopping) return { state: 'pending', outcome: 'released' };
  if (stopped instanceof TaskCancelled)
    return { state: 'cancelled', outcome: 'cancelled', error: toStoredError(stopped) };
  const kind = stopped instanceof TaskTimeout ? 'timeout' : 'failure';
  const cause = stopped instanceof TaskTimeout ? stopped : thrown;
  const error = toStoredError(cause);
  if (thrown instanceof PermanentError) return { state: 'failed', outcome: kind, error };
  const waitMs = kind === 'failure' ? ask(() => hooks.isRateLimited?.(cause)) : undefined;
  if (isWait(waitMs) && unchargedStarts(task) < maxUncharged)
    return { state: 'retrying', outcome: 'rate_limited', error, delayMs: Math.min(waitMs, maxWaitMs) };
  if (ask(() => hooks.isRetryable?.(cause)) === false)
    return { state: 'failed', outcome: kind, error: { ...error, retryable: false } };
  if (task.attempt >= task.maxAttempts) return { state: 'failed', outcome: kind, error };
  return { state: 'retrying', outcome: kind, error, delayMs: delayMs(task, cause, hooks) };
}

const isWait = (wait: unknown): wait is number => typeof wait === 'number' && wait >= 0;

/** By the definition's function, unless a submit chose a policy of its own. */
function delayMs({ retry, attempt }: Attempted, error: unknown, { backoff }: ErrorHooks): number {
  const own = retry.backoff.type === 'custom' ? ask(() => backoff?.(attempt, error)) : undefined;
  return isWait(own) ? Math.min(own, maxWaitMs) : backoffMs(retry, attempt);
}

/** A question to the definition; one that throws has no answer. */
function ask<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch (error) {
    log.warn('A definition could not judge an error of its handler', { error });
    return undefined;
  }
}

/** An attempt whose worker died: the next one, or `abandoned` when there is none left or its workers died too often. */
export function classifyLost(task: Pick<Claimed, 'attempt' | 'maxAttempts' | 'lost' | 'maxLost' | 'retry'>): Ending {
  const error = toStoredError(new LeaseLost('The worker that ran this attempt stopped answering.'));
  delete error.stack;
  if (task.attempt >= task.maxAttempts || task.lost + 1 >= task.maxLost)
    return { state: 'abandoned', outcome: 'lost', error };
  return { state: 'retrying', outcome: 'lost', error, delayMs: backoffMs(task.retry, task.attempt) };
}

/** While a release is rolled out, another worker may have the handler: the task is offered again for some ten minutes. */
const unhandledWaitMs = 5_000;
const maxUnhandled = 120;

/** An attempt on a worker that has no handler for it: given back without a charge, and failed when nobody has one. */
export function classifyUnhandled(task: Attempted & Pick<Claimed, 'definition'>): Ending {
  const error = toStoredError(
    new PermanentError(`This worker has no handler for "${task.definition}". Deploy one, then retry the task.`),
  );
  delete error.stack;
  if (unchargedStarts(task) >= maxUnhandled) return { state: 'failed', outcome: 'failure', error };
  return { state: 'retrying', outcome: 'rate_limited', error, delayMs: unhandledWaitMs };
}
