export { closeEngine, engine, engineOptions, openEngine, useEngine } from './engine.ts';
export type { EngineOptions, JobData, JobProcessor, JobToAdd, QueueEngine } from './engine.ts';
export { collectFleetMetrics } from './fleet-metrics.ts';
export type { JobTaker, Taking } from './taker.ts';
export { migratePostgresEngine } from './postgres-engine.ts';
export { assertAllLimits } from './limits.ts';
export { ensureQueues, getQueue, listQueues, queueSettings } from './query.ts';
export {
  createQueue,
  createQueueSchema,
  drainQueue,
  pauseQueue,
  queuePatchSchema,
  queuesChannel,
  resumeQueue,
  updateQueue,
} from './settings.ts';
export type { QueuePatch } from './settings.ts';
export type { QueueInfo, QueueSettings } from './types.ts';
