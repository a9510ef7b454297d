export { cancelBulk } from './cancel.ts';
export { listBulkOnTask } from './on-task.ts';
export { purgeCompleted, purgeSchema } from './purge-completed.ts';
export { forgetBulk, getBulk, listBulk, listBulkSchema } from './query.ts';
export { bulkSchema, bulkTargetSchema } from './schema.ts';
export type { BulkInput } from './schema.ts';
export { previewBulk, startBulk } from './start.ts';
export { stepBulk } from './step.ts';
export type { BulkOperation } from './types.ts';
