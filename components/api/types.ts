import type { FailureGroup, QueueState, WindowStats } from '#lib/stats/types';
import type { EmitOptions } from '#lib/tasks/define';
import type { TaskState } from '#lib/tasks/state';
import type { StateCounts, TaskDetail, TaskLogLine, TaskSummary } from '#lib/tasks/types';
import type { WorkerInfo } from '#lib/workers/types';

/** `indexing`: changes that the search does not know yet. */
export type TaskPage = { tasks: TaskSummary[]; nextCursor: string | null; indexing?: number };
export type InboxMessage = { message: string; createdAt: string };
export type TaskView = TaskDetail & { inboxMessage: InboxMessage | null };
export type LogPage = { lines: TaskLogLine[]; next: number | null };
export type Overview = {
  counts: StateCounts;
  /** Of the window that was asked for. */
  stats: WindowStats;
  queues: QueueState[];
  workers: WorkerInfo[];
  failures: FailureGroup[];
  longestRunning: TaskSummary[];
  dueNext: TaskSummary[];
};
export type TaskRef = { id: string; state: TaskState };

/** What a submit says beside definition and payload. */
export type SubmitOptions = Omit<EmitOptions, 'key'>;
export type SubmitInput = SubmitOptions & { definition: string; payload: unknown };
