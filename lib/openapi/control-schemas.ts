import { z } from 'zod';
import type { AuditEntry } from '#lib/audit/types';
import type { BulkOperation } from '#lib/bulk/types';
import { taskFilterSchema } from '#lib/tasks/index';
import { controlVerbs, type DeadLetterGroup, type PayloadRevision } from '#lib/tasks/types';

// What the API answers about what was done to tasks, and about those that ended badly.

const id = z.uuid();
const time = z.iso.datetime();

export const auditEntrySchema = z.object({
  id,
  at: time,
  actor: z.string().meta({ description: 'user:<uuid>, key:<uuid>, task:<uuid> or system.' }),
  name: z.string().nullable(),
  action: z.string().meta({ description: 'task.cancel, queue.update, …' }),
  subject: z.string().meta({ description: 'task:<uuid>, queue:<name>, …' }),
  details: z.record(z.string(), z.unknown()).nullable(),
}) satisfies z.ZodType<AuditEntry>;

export const auditPageSchema = z.object({ entries: z.array(auditEntrySchema), nextCursor: id.nullable() });

export const bulkOperationSchema = z.object({
  id,
  verb: z.enum(controlVerbs),
  filter: taskFilterSchema.nullable(),
  args: z.object({ reason: z.string().optional(), again: z.boolean().optional() }),
  perSecond: z.int(),
  state: z.enum(['running', 'completed', 'cancelled']),
  total: z.int().meta({ description: 'How many tasks it named when it began; with totalCapped there are more.' }),
  totalCapped: z.boolean(),
  done: z.int(),
  skipped: z.int().meta({ description: 'Those whose state did not allow the verb.' }),
  createdBy: z.string(),
  createdByName: z.string().nullable(),
  createdAt: time,
  finishedAt: time.nullable(),
}) satisfies z.ZodType<BulkOperation>;

export const deadLetterGroupSchema = z.object({
  fingerprint: z.string().meta({ description: 'Errors of one cause share it.' }),
  count: z.int(),
  firstAt: time,
  lastAt: time,
  definitions: z.array(z.string()),
  sampleId: id,
  sampleMessage: z.string(),
}) satisfies z.ZodType<DeadLetterGroup>;

export const revisionSchema = z.object({
  revision: z.int(),
  payload: z.unknown(),
  replacedAt: time,
  replacedBy: z.string(),
  replacedByName: z.string().nullable(),
}) satisfies z.ZodType<PayloadRevision>;
