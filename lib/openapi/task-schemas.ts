import { z } from 'zod';
import { taskStates, type TaskState } from '#lib/tasks/state';
import type { TaskOutcome } from '#lib/tasks/index';
import { attemptOutcomes, graphRelations, logLevels } from '#lib/tasks/types';
import type {
  Attempt,
  Progress,
  StateCounts,
  StoredError,
  TaskDetail,
  TaskGraph,
  TaskLogLine,
  TaskSummary,
} from '#lib/tasks/types';

// What the API answers, as schemas. The types that the code works with say that these are complete.

const id = z.uuid();
const time = z.iso.datetime();

export const stateSchema = z.enum(taskStates);

const progressSchema = z.object({
  fraction: z.number().min(0).max(1),
  done: z.number().optional(),
  total: z.number().optional(),
  message: z.string().optional(),
}) satisfies z.ZodType<Progress>;

export const storedErrorSchema = z.object({
  name: z.string(),
  message: z.string(),
  stack: z.string().optional(),
  get cause(): z.ZodOptional<z.ZodType<StoredError>> {
    return storedErrorSchema.optional();
  },
  retryable: z.boolean().optional(),
}) satisfies z.ZodType<StoredError>;

export const taskSummarySchema = z.object({
  id,
  definition: z.string(),
  queue: z.string(),
  state: stateSchema,
  priority: z.int(),
  progress: progressSchema.nullable(),
  attempt: z.int().meta({ description: '0 before the first execution.' }),
  maxAttempts: z.int(),
  errorMessage: z.string().nullable(),
  cancelRequested: z.boolean().meta({ description: 'A cancel was asked for and the handler has not stopped yet.' }),
  createdAt: time,
  runAt: time.meta({ description: "When it may start: the delay's or backoff's end." }),
  startedAt: time.nullable(),
  finishedAt: time.nullable(),
  version: z.int().meta({ description: 'Rises with each change of the task.' }),
}) satisfies z.ZodType<TaskSummary>;

const attemptSchema = z.object({
  attempt: z.int().meta({ description: 'From 1 again after a retry or redrive.' }),
  run: z.int().meta({ description: 'Rises with each execution, over retries and redrives.' }),
  outcome: z.enum([...attemptOutcomes, 'running']),
  workerId: z.string().nullable(),
  readyAt: time,
  startedAt: time,
  finishedAt: time.nullable(),
  error: storedErrorSchema.nullable(),
}) satisfies z.ZodType<Attempt>;

export const retryPolicySchema = z.object({
  attempts: z.int(),
  backoff: z.object({
    type: z.enum(['fixed', 'exponential', 'custom']),
    delay: z.int().meta({ description: 'Milliseconds.' }),
    max: z.int().meta({ description: 'Milliseconds.' }),
    jitter: z.boolean(),
  }),
}) satisfies z.ZodType<TaskDetail['retry']>;

export const taskDetailSchema = taskSummarySchema.extend({
  payload: z.unknown(),
  result: z.unknown(),
  error: storedErrorSchema.nullable(),
  attempts: z.array(attemptSchema),
  workerId: z.string().nullable(),
  readyAt: time.meta({ description: 'Since when it could have started; deliberate waiting is left out.' }),
  submittedBy: z.string(),
  submitter: z.string().nullable(),
  timeoutMs: z.int(),
  retry: retryPolicySchema,
  tags: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  correlationId: z.string().nullable(),
  parentId: id.nullable().meta({ description: 'The task that emitted it.' }),
  dependsOn: z.array(id),
  children: z.int().meta({ description: 'How many tasks it has emitted; counted to 1,000.' }),
  concurrencyKey: z.string().nullable(),
  concurrencyLimit: z.int().nullable(),
  pausedFrom: stateSchema.nullable(),
  expiresAt: time.nullable().meta({ description: 'Cancelled when it has not started by then.' }),
  fingerprint: z.string().nullable(),
  archivedAt: time.nullable(),
  dismissedAt: time.nullable(),
  dismissReason: z.string().nullable(),
  revisions: z.int().meta({ description: 'Payloads that redrives have replaced.' }),
}) satisfies z.ZodType<TaskDetail>;

export const countsSchema = z.record(stateSchema, z.int()) satisfies z.ZodType<StateCounts>;

/** A task and what came of it. */
export const taskOutcomeSchema = taskSummarySchema.extend({
  result: z.unknown().meta({ description: 'Null until it has completed.' }),
  error: storedErrorSchema.nullable(),
}) satisfies z.ZodType<TaskOutcome>;

/** What a verb answers about the task it changed. */
export const controlledSchema = z.object({ id, state: stateSchema }) satisfies z.ZodType<{
  id: string;
  state: TaskState;
}>;

export const logLineSchema = z.object({
  seq: z.int(),
  attempt: z.int(),
  at: time,
  level: z.enum(logLevels),
  message: z.string(),
  fields: z.record(z.string(), z.unknown()).nullable(),
}) satisfies z.ZodType<TaskLogLine>;

export const taskGraphSchema = z.object({
  nodes: z.array(
    z.object({
      id,
      definition: z.string(),
      state: stateSchema,
      relation: z.enum(graphRelations).meta({ description: 'What it has to do with the task asked about.' }),
      createdAt: time,
    }),
  ),
  edges: z
    .array(z.object({ from: id, to: id, kind: z.enum(['parent', 'dependency']) }))
    .meta({ description: 'parent: `from` emitted `to`; dependency: `to` waits, or waited, for `from`.' }),
  more: z.boolean().meta({ description: 'There are, or may be, more than are told.' }),
}) satisfies z.ZodType<TaskGraph>;
