import { type Actor, actorRef } from '#lib/access/types';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { log, metrics } from '#lib/observability/index';
import { publishTasks } from '#lib/realtime/index';
import { dispatchSoon } from './dispatch.ts';
import { type SummaryRow, summaryColumns, toSummary } from './rows.ts';
import { retryableStates, type TaskState, waitingStates } from './state.ts';

/** The channel on which workers hear of a cancel; the payload is the task's id. */
export const cancelChannel = 'taskdeck_cancel';

export type Controlled = { id: string; state: TaskState };

const controlled = (row: SummaryRow): Controlled => {
  publishTasks([toSummary(row)]);
  return { id: row.id, state: row.state };
};

async function refuse(id: string, verb: string, why: (state: TaskState) => string): Promise<never> {
  const [task] = await db()<{ state: TaskState }[]>`select state from tasks where id = ${id}`;
  if (!task) throw new TaskdeckError('not_found', `There is no task ${id}.`);
  throw new TaskdeckError('conflict', `The task cannot be ${verb}: ${why(task.state)}.`);
}

/**
 * Cancels a task. One that waits is cancelled at once; of one that runs the handler's signal aborts, and the state
 * follows when the handler has stopped.
 *
 * @throws TaskdeckError not_found, conflict (it has ended already).
 */
export async function cancelTask(actor: Actor, id: string): Promise<Controlled> {
  const [row] = await db().begin(async (tx) => {
    const rows = await tx<SummaryRow[]>`
      update tasks set
        state = case when state = any(${[...waitingStates]}::task_state[]) then 'cancelled' else state end,
        finished_at = case when state = any(${[...waitingStates]}::task_state[]) then clock_timestamp() end,
        cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
      where id = ${id} and (state = 'running' or state = any(${[...waitingStates]}::task_state[]))
      returning ${summaryColumns()}`;
    if (rows[0]?.state === 'running') await tx`select pg_notify(${cancelChannel}, ${id})`;
    return rows;
  });
  if (!row) return refuse(id, 'cancelled', (state) => `it is ${state}`);
  log.info('cancel asked', { taskId: id, actor: actorRef(actor) });
  if (row.state === 'cancelled')
    metrics.tasksFinishedTotal.inc({ queue: row.queue, definition: row.definition, status: 'cancelled' });
  return controlled(row);
}

/**
 * Sends an ended task again, with all its attempts anew. What earlier attempts left stays to be seen.
 *
 * @throws TaskdeckError not_found, conflict (it is not failed, cancelled or abandoned).
 */
export async function retryTask(actor: Actor, id: string): Promise<Controlled> {
  const [row] = await db()<(SummaryRow & { gen: number })[]>`
    update tasks set state = 'pending', gen = gen + 1, attempt = 0, run_at = clock_timestamp(), ready_at = clock_timestamp(),
      dispatch_at = clock_timestamp() + interval '1 second', started_at = null, finished_at = null, worker_id = null,
      lease_until = null, cancel_requested_at = null, progress = null, result = null, error = null
    where id = ${id} and state = any(${[...retryableStates]}::task_state[])
    returning ${summaryColumns()}, gen`;
  if (!row)
    return refuse(id, 'retried', (state) => `it is ${state}, and only a failed, cancelled or abandoned task can be`);
  log.info('retry asked', { taskId: id, actor: actorRef(actor) });
  metrics.tasksEnqueuedTotal.inc({
    queue: row.queue,
    definition: row.definition,
    trigger: 'retry',
    timing: 'immediate',
  });
  dispatchSoon({ taskId: id, gen: row.gen, queue: row.queue, name: row.definition, priority: row.priority });
  return controlled(row);
}
