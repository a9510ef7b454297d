import { metrics } from '#lib/observability/index';
import { publishTasks } from '#lib/realtime/index';
import { admitSoon } from '../dispatch/admit.ts';
import { dispatchSoon } from '../dispatch/dispatch.ts';
import type { TaskSummary } from '../types.ts';
import type { Accepted, TaskColumns } from './new-task.ts';

/** What follows the commit of a new task: none of it may fail or delay the answer. */
export function announce(task: TaskColumns, accepted: Accepted): void {
  const immediate = accepted.state === 'pending';
  metrics.tasksEnqueuedTotal.inc({
    queue: task.queue,
    definition: task.definition,
    trigger: task.parent_id === undefined ? 'api' : 'child',
    timing: immediate ? 'immediate' : 'delayed',
  });
  if (immediate && task.concurrency_key !== undefined) admitSoon(task.concurrency_key);
  else if (immediate)
    dispatchSoon({ taskId: task.id, gen: 1, queue: task.queue, name: task.definition, priority: task.priority });
  publishTasks([newSummary(task, accepted)]);
}

const newSummary = (task: TaskColumns, { state, createdAt, runAt }: Accepted): TaskSummary => ({
  id: task.id,
  definition: task.definition,
  queue: task.queue,
  state,
  priority: task.priority,
  progress: null,
  attempt: 0,
  maxAttempts: task.max_attempts,
  errorMessage: null,
  cancelRequested: false,
  createdAt: createdAt.toISOString(),
  runAt: runAt.toISOString(),
  startedAt: null,
  finishedAt: null,
  version: 1,
});
