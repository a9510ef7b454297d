export { createAdmission } from './dispatch/admit.ts';
export { afterEnded } from './after-ended.ts';
export { cancelChannel } from './control/cancel.ts';
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
} from './control/control.ts';
export type { Controlled } from './control/control.ts';
export { listDeadLetterGroups, listDeadLettersSchema } from './control/dead-letters.ts';
export {
  definitionPatchSchema,
  listDefinitions,
  publishDefinitions,
  setDefinitionActive,
  setDefinitionRetention,
} from './definitions.ts';
export { createDependencySweep } from './dependencies/dependency-sweep.ts';
export { dispatchDue, promoteDue } from './dispatch/dispatch.ts';
export { dispatchAt } from './dispatch/dispatch-at.ts';
export { expireTasks } from './dispatch/expire.ts';
export { recoverWipe } from './dispatch/wipe.ts';
export { exportTasks } from './list/export.ts';
export type { ExportedTask } from './list/export.ts';
export { readFacets } from './list/facets.ts';
export { taskFilterSchema } from './list/filter.ts';
export { walkTasks } from './list/find.ts';
export type { TaskFilter } from './list/filter.ts';
export { errorFingerprint } from './fingerprint.ts';
export { getTaskGraph } from './read/graph.ts';
export { exportLogs, listLogs, writeLogs } from './read/logs.ts';
export type { NewLogLine } from './read/logs.ts';
export { seqPerAttempt } from './types.ts';
export { listRecentPayloads } from './read/recent-payloads.ts';
export { readOutcomes } from './read/outcome.ts';
export type { TaskOutcome } from './read/outcome.ts';
export { countMatching, listTasks, listTasksQuerySchema } from './list/list.ts';
export type { ListTasksFilter } from './list/list.ts';
export { countTasks, dueNext, getTask, longestRunning } from './read/query.ts';
export { createRetention } from './control/retention.ts';
export { listRevisions } from './control/revisions.ts';
export { suggest } from './list/suggest.ts';
export { submit, submitMany } from './submit/submit.ts';
export type { Submitted } from './submit/submit.ts';
export { batchSchema, idempotencyKeySchema, submitSchema } from './submit/submit-schema.ts';
export type { SubmitInput } from './submit/submit-schema.ts';
