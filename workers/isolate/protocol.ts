import { z } from 'zod';
import { errorStatus, TaskdeckError } from '#lib/errors';
import { logLevels, type StoredError } from '#lib/tasks/types';
import { LeaseLost, TaskCancelled, TaskTimeout, WorkerStopping } from '../runner/classify.ts';
import type { Work } from '../runner/context.ts';
import type { Ending } from '../runner/finish.ts';

const record = z.record(z.string(), z.unknown());
const code = z.enum(Object.keys(errorStatus) as [keyof typeof errorStatus, ...(keyof typeof errorStatus)[]]);

const workSchema: z.ZodType<Work> = z.object({
  id: z.uuid(),
  fence: z.int(),
  attempt: z.int(),
  maxAttempts: z.int(),
  definition: z.string(),
  payload: z.unknown(),
  retry: z.object({
    attempts: z.int(),
    backoff: z.object({
      type: z.enum(['fixed', 'exponential', 'custom']),
      delay: z.number(),
      max: z.number(),
      jitter: z.boolean(),
    }),
  }),
  metadata: record.nullable(),
  parentId: z.string().nullable(),
  correlationId: z.string().nullable(),
});

const reasons = { TaskCancelled, TaskTimeout, LeaseLost, WorkerStopping };
const reasonSchema = z.object({
  name: z.enum(['TaskCancelled', 'TaskTimeout', 'LeaseLost', 'WorkerStopping']),
  message: z.string(),
});

const refusalSchema = z.object({
  message: z.string(),
  /** Set for a TaskdeckError. */
  code: code.optional(),
  hint: z.string().optional(),
  fields: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});

/** From the worker to the child. */
const orderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), work: workSchema }),
  z.object({ type: z.literal('abort'), reason: reasonSchema }),
  z.object({ type: z.literal('answer'), call: z.int(), id: z.string().optional() }),
  z.object({ type: z.literal('refusal'), call: z.int(), error: refusalSchema }),
]);
export type Order = z.infer<typeof orderSchema>;

const storedErrorSchema: z.ZodType<StoredError> = z.object({
  name: z.string(),
  message: z.string(),
  stack: z.string().optional(),
  retryable: z.boolean().optional(),
  get cause() {
    return storedErrorSchema.optional();
  },
}) as z.ZodType<StoredError>;

const endingSchema: z.ZodType<Ending> = z.union([
  z.object({ state: z.literal('completed'), outcome: z.literal('success'), result: z.unknown() }),
  z.object({ state: z.literal('pending'), outcome: z.literal('released') }),
  z.object({
    state: z.enum(['failed', 'cancelled']),
    outcome: z.enum(['failure', 'timeout', 'cancelled']),
    error: storedErrorSchema,
  }),
  z.object({
    state: z.literal('retrying'),
    outcome: z.enum(['failure', 'timeout', 'rate_limited']),
    error: storedErrorSchema,
    delayMs: z.number().min(0),
  }),
]);

/** From the child to the worker. */
const reportSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** The handler that it was told to run begins. */
  z.object({ type: z.literal('begun') }),
  z.object({ type: z.literal('log'), level: z.enum(logLevels), message: z.string(), fields: record.nullable() }),
  z.object({
    type: z.literal('progress'),
    value: z.union([z.number(), z.object({ done: z.number(), total: z.number(), message: z.string().optional() })]),
  }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({
    type: z.literal('emit'),
    call: z.int(),
    name: z.string(),
    payload: z.unknown().optional(),
    options: record,
  }),
  /** Asks that log and progress be kept; the transaction of `complete()` begins after the answer. */
  z.object({ type: z.literal('flush'), call: z.int() }),
  /** `completed`: by `complete()`, so the row has it already. `spent`: this process is to run no other handler. */
  z.object({ type: z.literal('ended'), ending: endingSchema, completed: z.boolean(), spent: z.boolean() }),
  /** What a handler left behind threw, after the outcome of its attempt was known. */
  z.object({ type: z.literal('late'), taskId: z.string(), error: storedErrorSchema }),
]);
export type Report = z.infer<typeof reportSchema>;

/** Undefined when it is no order of ours. */
export const readOrder = (message: unknown): Order | undefined => orderSchema.safeParse(message).data;
/** Undefined when it is no report of ours: a library of the handler may talk to whoever started its process. */
export const readReport = (message: unknown): Report | undefined => reportSchema.safeParse(message).data;

/** Why the attempt is to stop, for the way to the child. */
export function abortOrder(reason: unknown): Order {
  const said = reasonSchema.safeParse(reason instanceof Error ? { name: reason.name, message: reason.message } : {});
  return { type: 'abort', reason: said.data ?? { name: 'TaskCancelled', message: 'The attempt was stopped.' } };
}

/** The reason as the handler's signal has it. */
export const toReason = ({ name, message }: z.infer<typeof reasonSchema>): Error => new reasons[name](message);

/** An error of a call, for the way to the child. */
export function refusalOrder(call: number, error: unknown): Order {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof TaskdeckError)) return { type: 'refusal', call, error: { message } };
  const { code, hint, fields } = error;
  return { type: 'refusal', call, error: { message, code, ...(hint !== undefined && { hint }), fields } };
}

/** The error as the handler catches it. */
export function toRefusal({ message, code, hint, fields }: z.infer<typeof refusalSchema>): Error {
  if (!code) return new Error(message);
  return new TaskdeckError(code, message, { ...(hint !== undefined && { hint }), ...(fields && { fields }) });
}
