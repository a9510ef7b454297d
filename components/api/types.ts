import type { QueueInfo } from '#lib/queues/types';
import type { TaskState } from '#lib/tasks/state';
import type { StateCounts, TaskDetail, TaskLogLine, TaskSummary } from '#lib/tasks/types';
import type { WorkerInfo } from '#lib/workers/types';

export type TaskPage = { tasks: TaskSummary[]; nextCursor: string | null };
export type TaskPageWithCounts = TaskPage & { counts: StateCounts };
export type InboxMessage = { message: string; createdAt: string };
export type TaskView = TaskDetail & { inboxMessage: InboxMessage | null };
export type LogPage = { lines: TaskLogLine[]; next: number | null };
export type Overview = {
  counts: StateCounts;
  workers: WorkerInfo[];
  queues: QueueInfo[];
  recentFailures: TaskSummary[];
};
export type TaskRef = { id: string; state: TaskState };

export type SubmitInput = {
  definition: string;
  payload: unknown;
  queue?: string;
  priority?: number;
  delayMs?: number;
  runAt?: string;
  tags?: string[];
};
