import { z } from 'zod';
import { taskStates } from './state.ts';

/** Which tasks: all of what is given must hold. Plain JSON, so that a bulk operation can keep it. */
export const taskFilterSchema = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(1_000).optional(),
  states: z.array(z.enum(taskStates)).max(taskStates.length).optional(),
  definition: z.string().max(64).optional(),
  queue: z.string().max(40).optional(),
  tag: z.string().max(64).optional(),
  /** user:<uuid>, key:<uuid>, task:<uuid> or system. */
  submittedBy: z.string().max(100).optional(),
  /** The worker that runs it, or ran it last. */
  workerId: z.string().max(200).optional(),
  /** The task that emitted it. */
  parentId: z.uuid().optional(),
  correlationId: z.string().max(128).optional(),
  /** Dead letters of one cause: failed or abandoned with this `fingerprint`. */
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'has 16 hexadecimal digits')
    .optional(),
  /** True: dead letters that were dismissed; false: all other tasks. */
  dismissed: z.boolean().optional(),
  createdAfter: z.iso.datetime({ offset: true }).optional(),
  createdBefore: z.iso.datetime({ offset: true }).optional(),
  finishedBefore: z.iso.datetime({ offset: true }).optional(),
  /** Archived tasks too; else they are left out. */
  includeArchived: z.boolean().optional(),
});

export type TaskFilter = z.infer<typeof taskFilterSchema>;
