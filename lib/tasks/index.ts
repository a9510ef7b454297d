export { createAdmission } from './admit.ts';
export { afterEnded } from './after-ended.ts';
export { cancelChannel } from './cancel.ts';
export {
  announceVerb,
  applyVerb,
  archiveTask,
  cancelTask,
  dismissTask,
  pauseTask,
  redriveTask,
  resumeTask,
  retryTask,
  unarchiveTask,
  undismissTask,
} from './control.ts';
export type { Controlled } from './control.ts';
export { listDeadLetterGroups, listDeadLettersSchema } from './dead-letters.ts';
export {
  definitionPatchSchema,
  listDefinitions,
  publishDefinitions,
  setDefinitionActive,
  setDefinitionRetention,
} from './definitions.ts';
export { createDependencySweep } from './dependency-sweep.ts';
export { dispatchDue, promoteDue } from './dispatch.ts';
export { dispatchAt } from './dispatch-at.ts';
export { expireTasks } from './expire.ts';
export { recoverWipe } from './wipe.ts';
export { exportTasks } from './export.ts';
export type { ExportedTask } from './export.ts';
export { readFacets } from './facets.ts';
export { taskFilterSchema } from './filter.ts';
export { walkTasks } from './find.ts';
export type { TaskFilter } from './filter.ts';
export { errorFingerprint } from './fingerprint.ts';
export { getTaskGraph } from './graph.ts';
export { exportLogs, listLogs, writeLogs } from './logs.ts';
export type { NewLogLine } from './logs.ts';
export { seqPerAttempt } from './types.ts';
export { listRecentPayloads } from './recent-payloads.ts';
export { readOutcomes } from './outcome.ts';
export type { TaskOutcome } from './outcome.ts';
export { countMatching, listTasks, listTasksQuerySchema } from './list.ts';
export type { ListTasksFilter } from './list.ts';
export { countTasks, dueNext, getTask, longestRunning } from './query.ts';
export { createRetention } from './retention.ts';
export { listRevisions } from './revisions.ts';
export { suggest } from './suggest.ts';
export { submit, submitMany } from './submit.ts';
export type { Submitted } from './submit.ts';
export { batchSchema, idempotencyKeySchema, submitSchema } from './submit-schema.ts';
export type { SubmitInput } from './submit-schema.ts';
