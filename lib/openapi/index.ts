export { apiKeyListSchema, memberChangeSchema, memberListSchema, newApiKeySchema } from './access-schemas.ts';
export { auditPageSchema, bulkOperationSchema, deadLetterGroupSchema, revisionSchema } from './control-schemas.ts';
export { openApiDocument } from './document.ts';
export { facetsSchema, savedViewSchema, suggestionsSchema } from './search-schemas.ts';
export {
  definitionRatesSchema,
  failureGroupSchema,
  queueRateSchema,
  queueStateSchema,
  windowStatsSchema,
} from './stats-schemas.ts';
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
  taskGraphSchema,
  taskOutcomeSchema,
  taskSummarySchema,
} from './task-schemas.ts';
export { recentPayloadSchema, templateSchema } from './template-schemas.ts';
