export { closeEngine, engine, engineOptions, openEngine, useEngine } from './engine.ts';
export type { EngineOptions, JobData, JobToAdd, QueueEngine, TaskJob, TaskProcessor } from './engine.ts';
export { collectFleetMetrics } from './fleet-metrics.ts';
export { migratePostgresEngine } from './postgres-engine.ts';
export { ensureQueues, listQueues, queueSettings } from './query.ts';
export type { QueueSettings } from './query.ts';
