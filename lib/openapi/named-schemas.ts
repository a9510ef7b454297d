import type { z } from 'zod';
import { taskFilterSchema } from '#lib/tasks/index';
import { auditEntrySchema, bulkOperationSchema, deadLetterGroupSchema, revisionSchema } from './control-schemas.ts';
import { problemSchema } from './problem-schema.ts';
import {
  definitionSchema,
  fileSchema,
  healthSchema,
  memberSchema,
  queueSchema,
  workerSchema,
} from './system-schemas.ts';
import { logLineSchema, stateSchema, storedErrorSchema, taskDetailSchema, taskSummarySchema } from './task-schemas.ts';

/** The schemas that stand once in the document, under these names. */
export const namedSchemas: Record<string, z.ZodType> = {
  Task: taskDetailSchema,
  TaskSummary: taskSummarySchema,
  TaskState: stateSchema,
  StoredError: storedErrorSchema,
  LogLine: logLineSchema,
  Definition: definitionSchema,
  Queue: queueSchema,
  Worker: workerSchema,
  File: fileSchema,
  Health: healthSchema,
  Member: memberSchema,
  BulkOperation: bulkOperationSchema,
  AuditEntry: auditEntrySchema,
  DeadLetterGroup: deadLetterGroupSchema,
  PayloadRevision: revisionSchema,
  TaskFilter: taskFilterSchema,
  Problem: problemSchema,
};
