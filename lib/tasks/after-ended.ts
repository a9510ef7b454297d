import { createGroupCommit } from '#lib/db/index';
import { log, metrics } from '#lib/observability/index';
import { publishTasks } from '#lib/realtime/index';
import { admissionsSettled, admitSoon } from './dispatch/admit.ts';
import { settleDependents } from './dependencies/dependencies.ts';
import type { EndedTask } from './ended.ts';
import { type SummaryRow, toSummary } from './rows.ts';
import { isTerminal } from './state.ts';

const dependents = createGroupCommit<string, void>({
  op: 'dependents',
  maxWaiting: 10_000,
  write: async (parents) => {
    tellCancelled(await settleDependents(parents));
    return parents.map(() => undefined);
  },
});

/**
 * Lets go what waited for these: tasks that depend on them, and tasks of the same concurrency key. Call it after the
 * commit of whatever ended a task or gave one back. Returns at once and never fails: maintenance finds what it missed.
 */
export function afterEnded(tasks: EndedTask[]): void {
  for (const { id, state, hasDependents, concurrencyKey } of tasks) {
    if (concurrencyKey !== null) admitSoon(concurrencyKey);
    if (!hasDependents || !isTerminal(state)) continue;
    dependents
      .add(id)
      .catch((error: unknown) => log.debug('What depends on a task waits for maintenance', { taskId: id, error }));
  }
}

/** What follows the commit when Taskdeck itself has cancelled waiting tasks. */
export function tellCancelled(tasks: (SummaryRow & EndedTask)[]): void {
  for (const { queue, definition } of tasks) metrics.tasksFinishedTotal.inc({ queue, definition, status: 'cancelled' });
  publishTasks(tasks.map(toSummary));
  afterEnded(tasks);
}

/** Resolves when nothing that `afterEnded` began is under way. */
export async function afterEndedSettled(): Promise<void> {
  await dependents.drain();
  await admissionsSettled();
}
