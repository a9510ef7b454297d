import { z } from 'zod';
import { maxSearchLength } from '#lib/search/index';
import { taskStates } from '../state.ts';

const oneOf = (max: number) => z.array(z.string().min(1).max(max)).min(1).max(50).optional();
const time = z.iso.datetime({ offset: true }).optional();
const count = z.int({ error: 'must be a whole number' }).min(0).max(2_147_483_647).optional();

/** Metadata is asked for by a few keys, not by a document. */
const maxMetadata = 2_000;

/** Which tasks: all of what is given must hold. Plain JSON, so that a bulk operation can keep it. */
export const taskFilterSchema = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(1_000).optional(),
  states: z.array(z.enum(taskStates)).max(taskStates.length).optional(),
  /** Of one of these. */
  definitions: oneOf(64),
  /** As `definitions` with one. */
  definition: z.string().max(64).optional(),
  queues: oneOf(40),
  /** As `queues` with one. */
  queue: z.string().max(40).optional(),
  /** All of these. */
  tags: oneOf(64),
  /** As `tags` with one. */
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
  createdAfter: time,
  createdBefore: time,
  finishedAfter: time,
  finishedBefore: time,
  /** Milliseconds that the last run took, both ends included; tasks that have not ended a run are left out. */
  runMsMin: count,
  runMsMax: count,
  attemptsMin: count,
  attemptsMax: count,
  /** What the metadata holds, as a part of it. */
  metadata: z
    .record(z.string(), z.unknown())
    .refine((value) => JSON.stringify(value).length <= maxMetadata, `has more than ${maxMetadata} characters`)
    .optional(),
  /** A search: words, "phrases", -negations, payload.user.id:42, error:text. */
  q: z.string().max(maxSearchLength, `is longer than ${maxSearchLength} characters`).optional(),
  /** Archived tasks too; else they are left out. */
  includeArchived: z.boolean().optional(),
});

export type TaskFilter = z.infer<typeof taskFilterSchema>;
