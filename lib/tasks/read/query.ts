import { z } from 'zod';
import { actorName } from '#lib/audit/index';
import { db } from '#lib/db/index';
import { readCounts } from '#lib/stats/index';
import { type SummaryRow, summaryColumns, toSummary } from '../rows.ts';
import type { Attempt, StateCounts, TaskDetail, TaskSummary } from '../types.ts';

/** Children are counted so far. */
const maxChildren = 1_000;

/** The tasks that run longest, the longest first. At most five. */
export async function longestRunning(): Promise<TaskSummary[]> {
  const rows = await db()<SummaryRow[]>`
    select ${summaryColumns()} from tasks where state = 'running' order by started_at limit 5`;
  return rows.map(toSummary);
}

/** The scheduled tasks and retries that are due next. At most five. */
export async function dueNext(): Promise<TaskSummary[]> {
  const rows = await db()<SummaryRow[]>`
    select ${summaryColumns()} from tasks where state in ('scheduled', 'retrying') order by run_at limit 5`;
  return rows.map(toSummary);
}

/** How many tasks are in each state, archived ones left out; a state without any says 0. */
export const countTasks = (): Promise<StateCounts> => readCounts();

type DetailRow = SummaryRow &
  Omit<TaskDetail, keyof TaskSummary | 'attempts' | 'readyAt' | 'expiresAt' | 'archivedAt' | 'dismissedAt'> & {
    readyAt: Date;
    fence: number;
    expiresAt: Date | null;
    archivedAt: Date | null;
    dismissedAt: Date | null;
    /** Those with rows of their own, oldest first. */
    earlierAttempts: Attempt[];
  };

/** One task with its attempts, as they were at one moment; null when there is none. */
export async function getTask(id: string): Promise<TaskDetail | null> {
  if (!z.uuid().safeParse(id).success) return null;
  // One statement, so one snapshot: a state and the attempt that led to it are seen together or not at all.
  const [task] = await db()<DetailRow[]>`
    select ${summaryColumns()}, payload, result, error, worker_id as "workerId", submitted_by as "submittedBy",
      ${actorName('tasks.submitted_by')} as submitter, timeout_ms as "timeoutMs", retry, tags, ready_at as "readyAt", fence,
      metadata, correlation_id as "correlationId", parent_id as "parentId", concurrency_key as "concurrencyKey", concurrency_limit as "concurrencyLimit",
      paused_from as "pausedFrom", expires_at as "expiresAt", error_fingerprint as fingerprint,
      archived_at as "archivedAt", dismissed_at as "dismissedAt", dismiss_reason as "dismissReason",
      array(select depends_on from task_dependencies where task_id = tasks.id order by depends_on) as "dependsOn",
      (select count(*) from (select from tasks child where child.parent_id = tasks.id limit ${maxChildren}) c) as children,
      (select count(*) from task_payload_revisions where task_id = tasks.id) as revisions,
      array(
        select jsonb_build_object('attempt', attempt, 'run', fence, 'outcome', outcome, 'workerId', worker_id, 'readyAt', ready_at,
          'startedAt', started_at, 'finishedAt', finished_at, 'error', error)
        from (select * from task_attempts where task_id = tasks.id order by fence desc limit 100) a order by fence
      ) as "earlierAttempts"
    from tasks where id = ${id}`;
  if (!task) return null;
  const { earlierAttempts, fence: _, ...rest } = task;
  return {
    ...rest,
    ...toSummary(task),
    attempts: [...earlierAttempts.map(toAttempt), ...latestAttempt(task)],
    readyAt: task.readyAt.toISOString(),
    expiresAt: task.expiresAt?.toISOString() ?? null,
    archivedAt: task.archivedAt?.toISOString() ?? null,
    dismissedAt: task.dismissedAt?.toISOString() ?? null,
  };
}

const iso = (time: string): string => new Date(time).toISOString();

/** Postgres writes times in JSON with microseconds and an offset. */
const toAttempt = (attempt: Attempt): Attempt => ({
  ...attempt,
  readyAt: iso(attempt.readyAt),
  startedAt: iso(attempt.startedAt),
  finishedAt: attempt.finishedAt && iso(attempt.finishedAt),
});

/** The attempt that runs or succeeded stands in the task's own row; all others have rows of theirs. */
function latestAttempt(task: DetailRow): Attempt[] {
  if (!task.startedAt || (task.state !== 'running' && task.state !== 'completed')) return [];
  return [
    {
      attempt: task.attempt,
      run: task.fence,
      outcome: task.state === 'running' ? 'running' : 'success',
      workerId: task.workerId,
      readyAt: task.readyAt.toISOString(),
      startedAt: task.startedAt.toISOString(),
      finishedAt: task.finishedAt?.toISOString() ?? null,
      error: null,
    },
  ];
}
