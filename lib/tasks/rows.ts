import { db } from '#lib/db/index';
import type { TaskState } from './state.ts';
import type { Progress, TaskSummary } from './types.ts';

/** A row as `summaryColumns` selects it. */
export type SummaryRow = {
  id: string;
  definition: string;
  queue: string;
  state: TaskState;
  priority: number;
  progress: Progress | null;
  attempt: number;
  maxAttempts: number;
  errorMessage: string | null;
  cancelRequested: boolean;
  createdAt: Date;
  runAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  version: number;
};

/** What a list shows of a task; selects from `tasks` under its own name. */
export const summaryColumns = () => db()`
  tasks.id, tasks.definition, tasks.queue, tasks.state, tasks.priority, tasks.progress, tasks.attempt,
  tasks.max_attempts as "maxAttempts", left(tasks.error ->> 'message', 500) as "errorMessage",
  tasks.cancel_requested_at is not null as "cancelRequested", tasks.created_at as "createdAt", tasks.run_at as "runAt",
  tasks.started_at as "startedAt", tasks.finished_at as "finishedAt", tasks.version`;

/** The one place where a row becomes what the pages and the API know. */
export function toSummary(row: SummaryRow): TaskSummary {
  return {
    id: row.id,
    definition: row.definition,
    queue: row.queue,
    state: row.state,
    priority: row.priority,
    progress: row.progress,
    attempt: row.attempt,
    maxAttempts: row.maxAttempts,
    errorMessage: row.errorMessage,
    cancelRequested: row.cancelRequested,
    createdAt: row.createdAt.toISOString(),
    runAt: row.runAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    version: row.version,
  };
}
