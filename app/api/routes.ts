import * as auditActions from './audit/actions/route.ts';
import * as audit from './audit/route.ts';
import * as changePassword from './auth/change-password/route.ts';
import * as signIn from './auth/sign-in/route.ts';
import * as signOut from './auth/sign-out/route.ts';
import * as cancelBulk from './bulk/[id]/cancel/route.ts';
import * as bulkOperation from './bulk/[id]/route.ts';
import * as previewBulk from './bulk/preview/route.ts';
import * as bulk from './bulk/route.ts';
import * as deadLetters from './dead-letters/route.ts';
import * as activateDefinition from './definitions/[name]/activate/route.ts';
import * as deactivateDefinition from './definitions/[name]/deactivate/route.ts';
import * as definition from './definitions/[name]/route.ts';
import * as recentPayloads from './definitions/[name]/recent-payloads/route.ts';
import * as definitions from './definitions/route.ts';
import * as file from './files/[id]/route.ts';
import * as files from './files/route.ts';
import * as health from './health/route.ts';
import * as apiKey from './keys/[id]/route.ts';
import * as apiKeys from './keys/route.ts';
import * as member from './members/[id]/route.ts';
import * as members from './members/route.ts';
import * as metrics from './metrics/route.ts';
import * as overview from './overview/route.ts';
import * as scalePool from './pools/[id]/scale/route.ts';
import * as startPool from './pools/[id]/start/route.ts';
import * as stopPool from './pools/[id]/stop/route.ts';
import * as pools from './pools/route.ts';
import * as drainQueue from './queues/[name]/drain/route.ts';
import * as pauseQueue from './queues/[name]/pause/route.ts';
import * as resumeQueue from './queues/[name]/resume/route.ts';
import * as queue from './queues/[name]/route.ts';
import * as queues from './queues/route.ts';
import * as realtimeToken from './realtime/token/route.ts';
import * as definitionStats from './stats/definitions/route.ts';
import * as queueStats from './stats/queues/route.ts';
import * as stats from './stats/route.ts';
import * as archiveTask from './tasks/[id]/archive/route.ts';
import * as taskAudit from './tasks/[id]/audit/route.ts';
import * as cancelTask from './tasks/[id]/cancel/route.ts';
import * as dismissTask from './tasks/[id]/dismiss/route.ts';
import * as taskGraph from './tasks/[id]/graph/route.ts';
import * as taskLogs from './tasks/[id]/logs/route.ts';
import * as pauseTask from './tasks/[id]/pause/route.ts';
import * as redriveTask from './tasks/[id]/redrive/route.ts';
import * as resumeTask from './tasks/[id]/resume/route.ts';
import * as retryTask from './tasks/[id]/retry/route.ts';
import * as taskRevisions from './tasks/[id]/revisions/route.ts';
import * as task from './tasks/[id]/route.ts';
import * as unarchiveTask from './tasks/[id]/unarchive/route.ts';
import * as undismissTask from './tasks/[id]/undismiss/route.ts';
import * as waitForTask from './tasks/[id]/wait/route.ts';
import * as exportTasks from './tasks/export/route.ts';
import * as taskFacets from './tasks/facets/route.ts';
import * as suggestions from './tasks/suggest/route.ts';
import * as view from './views/[id]/route.ts';
import * as views from './views/route.ts';
import * as taskBatch from './tasks/batch/route.ts';
import * as purgeTasks from './tasks/purge/route.ts';
import * as tasks from './tasks/route.ts';
import * as template from './templates/[id]/route.ts';
import * as templates from './templates/route.ts';
import * as drainWorker from './workers/[id]/drain/route.ts';
import * as pauseWorker from './workers/[id]/pause/route.ts';
import * as restartWorker from './workers/[id]/restart/route.ts';
import * as resumeWorker from './workers/[id]/resume/route.ts';
import * as worker from './workers/[id]/route.ts';
import * as workers from './workers/route.ts';
import type { DeclaredHandler } from './handle.ts';

/** What a route's file exports: a handler for each method that it has. */
export type RouteModule = { [method in 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE']?: DeclaredHandler };

/** Every route of the API, in the order in which its document has them: Next loads a route only when it is asked for. */
export const routes: RouteModule[] = [
  tasks,
  taskFacets,
  suggestions,
  exportTasks,
  views,
  view,
  taskBatch,
  task,
  waitForTask,
  taskLogs,
  taskGraph,
  cancelTask,
  pauseTask,
  resumeTask,
  retryTask,
  redriveTask,
  archiveTask,
  unarchiveTask,
  dismissTask,
  undismissTask,
  taskRevisions,
  taskAudit,
  purgeTasks,
  bulk,
  previewBulk,
  bulkOperation,
  cancelBulk,
  deadLetters,
  definitions,
  definition,
  activateDefinition,
  deactivateDefinition,
  recentPayloads,
  templates,
  template,
  files,
  file,
  queues,
  queue,
  pauseQueue,
  resumeQueue,
  drainQueue,
  workers,
  worker,
  pauseWorker,
  resumeWorker,
  drainWorker,
  restartWorker,
  pools,
  scalePool,
  startPool,
  stopPool,
  members,
  member,
  apiKeys,
  apiKey,
  audit,
  auditActions,
  overview,
  stats,
  queueStats,
  definitionStats,
  health,
  metrics,
  realtimeToken,
  signIn,
  signOut,
  changePassword,
];
