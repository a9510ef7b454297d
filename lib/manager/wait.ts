import { TaskdeckError } from '#lib/errors';
import { isTerminal } from '#lib/tasks/state';
import type { TaskOutcome } from '#lib/tasks/index';
import { watchTask } from './watcher.ts';

export type WaitOptions = {
  /** Milliseconds after which the wait gives up; without it, it does not. */
  timeoutMs?: number;
  signal?: AbortSignal;
};

/**
 * Waits until the task has ended, here or in any other process; at once when it has ended already.
 *
 * @throws DOMException TimeoutError after `timeoutMs`; the signal's reason when that aborts.
 * @throws TaskdeckError not_found, rate_limited (too many waits in this process).
 */
export async function waitForTask(id: string, { timeoutMs, signal }: WaitOptions = {}): Promise<TaskOutcome> {
  const limits = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const stop = AbortSignal.any(limits.filter((limit) => limit !== undefined));
  stop.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<TaskOutcome>();
  const unwatch = watchTask(id, (task) => {
    if (!task) reject(new TaskdeckError('not_found', `There is no task ${id}.`));
    else if (isTerminal(task.state)) resolve(task);
  });
  const abort = () => reject(stop.reason);
  stop.addEventListener('abort', abort, { once: true });
  try {
    return await promise;
  } finally {
    unwatch();
    stop.removeEventListener('abort', abort);
  }
}
