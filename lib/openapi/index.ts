export { auditPageSchema, bulkOperationSchema, deadLetterGroupSchema, revisionSchema } from './control-schemas.ts';
export { openApiDocument } from './document.ts';
export {
  definitionSchema,
  fileSchema,
  healthSchema,
  memberSchema,
  poolListSchema,
  poolSizeSchema,
  queueListSchema,
  queueSchema,
  queueSettingsSchema,
  sentCommandSchema,
  workerListSchema,
  workerSchema,
} from './system-schemas.ts';
export {
  controlledSchema,
  countsSchema,
  logLineSchema,
  taskDetailSchema,
  taskOutcomeSchema,
  taskSummarySchema,
} from './task-schemas.ts';
