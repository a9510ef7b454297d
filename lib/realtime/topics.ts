import type { BulkOperation } from '#lib/bulk/types';
import type { Progress, TaskLogLine, TaskSummary } from '#lib/tasks/types';

/** Pure: shared by the publishers and the browser. Every topic is private (RLS on realtime.messages). */
export const topics = {
  /** The feed of all tasks: state and whatever else a list shows. */
  tasks: 'tasks',
  queues: 'queues',
  workers: 'workers',
  /** Progress and logs of one task; its state comes by the feed. */
  task: (id: string) => `task:${id}`,
  /** How far a bulk operation is. */
  bulk: (id: string) => `bulk:${id}`,
} as const;

/** Rows that a message carries at most. */
export const maxRowsPerMessage = 100;

/**
 * Event `changes` on `tasks`: the rows that changed. When they were too many, `untold` names the definitions whose changes are left out;
 * what concerns these the page refetches.
 */
export type TasksMessage = { tasks: TaskSummary[]; untold?: string[] };

/** Event `progress` on `task:<id>`. */
export type ProgressMessage = { progress: Progress; attempt: number };

/** Event `logs` on `task:<id>`; `refetch` when the lines were too many or too long to send. */
export type LogsMessage = { lines: TaskLogLine[] } | { refetch: true };

/** Event `progress` on `bulk:<id>`. What has ended stays so: a message that says otherwise came late. */
export type BulkMessage = Pick<BulkOperation, 'state' | 'done' | 'skipped' | 'finishedAt'>;

/**
 * Event `changed` on `queues` and `workers`: refetch. Event `missed` on `tasks`: changes, nobody knows of what, were not told;
 * refetch what is shown.
 */
export type ChangedMessage = { refetch: true };
