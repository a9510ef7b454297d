import { db } from '#lib/db/index';
import type { TaskSummary } from './types.ts';

/** A row as `summaryColumns` selects it: what the pages know, with times as the driver reads them. */
export type SummaryRow = Omit<TaskSummary, 'createdAt' | 'runAt' | 'startedAt' | 'finishedAt'> & {
  createdAt: Date;
  runAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
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
