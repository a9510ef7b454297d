import { z } from 'zod';
import { db } from '#lib/db/index';
import { type SummaryRow, summaryColumns, toSummary } from './rows.ts';
import { type TaskState, taskStates } from './state.ts';
import type { Attempt, RetryPolicy, StateCounts, StoredError, TaskDetail, TaskSummary } from './types.ts';

/** How a list is narrowed and paged; `cursor` is the id of the last task of the page before. */
export const listTasksQuerySchema = z.strictObject({
  states: z.array(z.enum(taskStates)).max(taskStates.length).optional(),
  definition: z.string().max(64).optional(),
  queue: z.string().max(40).optional(),
  cursor: z.uuid().optional(),
  limit: z.int({ error: 'must be a whole number from 1 to 200' }).min(1).max(200).default(50),
});

export type ListTasksFilter = z.input<typeof listTasksQuerySchema>;

/** Tasks, newest first. `nextCursor` is null on the last page. */
export async function listTasks(
  filter: ListTasksFilter = {},
): Promise<{ tasks: TaskSummary[]; nextCursor: string | null }> {
  const { states, definition, queue, cursor, limit } = listTasksQuerySchema.parse(filter);
  const sql = db();
  const narrowed = sql`
    ${definition ? sql`and definition = ${definition}` : sql``}
    ${queue ? sql`and queue = ${queue}` : sql``}
    ${cursor ? sql`and id < ${cursor}` : sql``}`;
  // A page of each state, each by the index of that state: asked for several at once, or for one that is in an array,
  // Postgres walks all tasks from the newest on, and those wanted may be the oldest of a million.
  const ofStates = (wanted: TaskState[]) => sql`
    and id in (
      select page.id from unnest(${wanted}::task_state[]) as wanted (state)
      cross join lateral (
        select id from tasks t where t.state = wanted.state ${narrowed} order by id desc limit ${limit + 1}) page)`;
  // Ids are UUIDv7: their order is the order of creation.
  const rows = await sql<SummaryRow[]>`
    select ${summaryColumns()} from tasks where true ${states && states.length > 0 ? ofStates(states) : narrowed}
    order by id desc limit ${limit + 1}`;
  const tasks = rows.slice(0, limit).map(toSummary);
  return { tasks, nextCursor: rows.length > limit ? (tasks.at(-1)?.id ?? null) : null };
}

/** The dead letters that came last, the newest first. At most five. */
export async function recentFailures(): Promise<TaskSummary[]> {
  const rows = await db()<SummaryRow[]>`
    select ${summaryColumns()} from tasks where state in ('failed', 'abandoned') order by finished_at desc limit 5`;
  return rows.map(toSummary);
}

/** How many tasks are in each state; a state without any says 0. */
export async function countTasks(): Promise<StateCounts> {
  const rows = await db()<
    { state: TaskState; count: number }[]
  >`select state, count(*) as count from tasks group by state`;
  const counts = Object.fromEntries(taskStates.map((state) => [state, 0])) as StateCounts;
  for (const { state, count } of rows) counts[state] = count;
  return counts;
}

type DetailRow = SummaryRow & {
  payload: unknown;
  result: unknown;
  error: StoredError | null;
  workerId: string | null;
  submittedBy: string;
  submitter: string | null;
  timeoutMs: number;
  retry: RetryPolicy;
  tags: string[];
  readyAt: Date;
  /** Those with rows of their own, oldest first. */
  earlierAttempts: Attempt[];
};

/** One task with its attempts, as they were at one moment; null when there is none. */
export async function getTask(id: string): Promise<TaskDetail | null> {
  if (!z.uuid().safeParse(id).success) return null;
  // One statement, so one snapshot: a state and the attempt that led to it are seen together or not at all.
  const [task] = await db()<DetailRow[]>`
    select ${summaryColumns()}, payload, result, error, worker_id as "workerId", submitted_by as "submittedBy",
      coalesce((select email from members where 'user:' || user_id = submitted_by),
        (select name from api_keys where 'key:' || id = submitted_by)) as submitter,
      timeout_ms as "timeoutMs", retry, tags, ready_at as "readyAt",
      array(
        select jsonb_build_object('attempt', attempt, 'outcome', outcome, 'workerId', worker_id, 'readyAt', ready_at,
          'startedAt', started_at, 'finishedAt', finished_at, 'error', error)
        from (select * from task_attempts where task_id = tasks.id order by fence desc limit 100) a order by fence
      ) as "earlierAttempts"
    from tasks where id = ${id}`;
  if (!task) return null;
  return {
    ...toSummary(task),
    payload: task.payload,
    result: task.result,
    error: task.error,
    attempts: [...task.earlierAttempts.map(toAttempt), ...latestAttempt(task)],
    workerId: task.workerId,
    submittedBy: task.submittedBy,
    submitter: task.submitter,
    timeoutMs: task.timeoutMs,
    retry: task.retry,
    tags: task.tags,
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
      outcome: task.state === 'running' ? 'running' : 'success',
      workerId: task.workerId,
      readyAt: task.readyAt.toISOString(),
      startedAt: task.startedAt.toISOString(),
      finishedAt: task.finishedAt?.toISOString() ?? null,
      error: null,
    },
  ];
}
