import type { TaskSummary } from '#lib/tasks/types';
import type { Claimed } from './claim.ts';
import type { Ended, Ending } from './finish.ts';

/** What the pages are told when an attempt begins. */
export function claimedSummary(task: Claimed): TaskSummary {
  return {
    id: task.id,
    definition: task.definition,
    queue: task.queue,
    state: 'running',
    priority: task.priority,
    progress: null,
    attempt: task.attempt,
    maxAttempts: task.maxAttempts,
    errorMessage: null,
    cancelRequested: false,
    createdAt: task.createdAt.toISOString(),
    runAt: task.runAt.toISOString(),
    startedAt: task.startedAt.toISOString(),
    finishedAt: null,
    version: task.version,
  };
}

/** What the pages are told when it has ended. */
export function endedSummary(task: Claimed, ending: Ending, ended: Ended): TaskSummary {
  return {
    ...claimedSummary(task),
    state: ended.state,
    progress: ended.progress,
    cancelRequested: ended.cancelRequested,
    attempt: ended.attempt,
    errorMessage: 'error' in ending ? ending.error.message.slice(0, 500) : null,
    runAt: ended.runAt.toISOString(),
    finishedAt: ended.finishedAt?.toISOString() ?? null,
    version: ended.version,
  };
}
