import { z } from 'zod';
import { storable } from './storable.ts';
import type { LogLevel, Progress, RetryPolicy } from './types.ts';

type LogFields = Record<string, unknown>;

/** What a handler is given beside its payload. */
export type TaskContext = {
  readonly id: string;
  /** 1 for the first execution. */
  readonly attempt: number;
  /** Stays the same over all attempts: give it to whatever must not happen twice. */
  readonly idempotencyKey: string;
  /** Aborts when the task is cancelled, runs out of time or loses its lease. */
  readonly signal: AbortSignal;
  /** Lines shown live on the task's page. */
  readonly log: Record<LogLevel, (message: string, fields?: LogFields) => void>;
  /** Moves the progress bar: a fraction from 0 to 1, or counts. */
  progress(value: number | { done: number; total: number; message?: string }): void;
};

export type BackoffOptions = Partial<RetryPolicy['backoff']>;

export type DefinitionOptions<Payload extends z.ZodType> = {
  /** The name that programs submit by. */
  name: string;
  /** The name that people read. */
  title: string;
  description?: string;
  queue?: string;
  payload: Payload;
  /** A payload that works: the form starts from it. */
  example?: z.input<Payload>;
  retry?: { attempts?: number; backoff?: BackoffOptions };
  /** Milliseconds an attempt may take. */
  timeout?: number;
  /** -100 to 100; higher runs sooner. */
  priority?: number;
  run(payload: z.output<Payload>, task: TaskContext): Promise<unknown>;
};

/** A definition with its defaults filled in, as the runner uses it. */
export type Definition = {
  name: string;
  title: string;
  description: string;
  queue: string;
  payload: z.ZodType;
  example: unknown;
  retry: RetryPolicy;
  timeoutMs: number;
  priority: number;
  run(payload: unknown, task: TaskContext): Promise<unknown>;
};

const optionsSchema = z.object({
  name: z.string().regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,63}$/, 'a name is 1 to 64 letters, digits, ".", "_" or "-"'),
  title: z.string().min(1).max(100),
  description: z.string().max(4000).default(''),
  queue: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'a queue is 1 to 40 lower-case letters, digits or "-"')
    .default('default'),
  retry: z
    .object({
      attempts: z.int().min(1).max(100).default(1),
      backoff: z
        .object({
          type: z.enum(['fixed', 'exponential']).default('exponential'),
          delay: z.int().min(0).max(86_400_000).default(1_000),
          max: z.int().min(0).max(86_400_000).default(60_000),
          jitter: z.boolean().default(true),
        })
        .prefault({}),
    })
    .prefault({}),
  timeout: z.int().min(100).max(86_400_000).default(60_000),
  priority: z.int().min(-100).max(100).default(0),
});

/**
 * Declares a task type: the default export of a file in workers/tasks.
 *
 * @throws Error naming the option when the declaration itself is wrong; the worker then refuses to start.
 */
export function defineTask<Payload extends z.ZodType>(options: DefinitionOptions<Payload>): Definition {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) throw new Error(`defineTask(${options.name}): ${z.prettifyError(parsed.error)}`);
  const { timeout, ...rest } = parsed.data;
  return {
    ...rest,
    timeoutMs: timeout,
    payload: options.payload,
    example: options.example ?? {},
    run: (payload, task) => options.run(payload as z.output<Payload>, task),
  };
}

/** An error that says: do not try again, the same would happen. */
export class PermanentError extends Error {
  override readonly name = 'PermanentError';
}

const maxProgressMessage = 500;

/** A fraction from 0 to 1 and plain data, whatever the handler said: it shares a statement with the progress of others. */
export function toProgress(value: number | { done: number; total: number; message?: string }): Progress {
  const finite = (number: unknown) => (Number.isFinite(Number(number)) ? Number(number) : 0);
  const clamp = (fraction: number) => Math.min(1, Math.max(0, finite(fraction)));
  if (typeof value !== 'object') return { fraction: clamp(value) };
  const [done, total] = [finite(value.done), finite(value.total)];
  return {
    done,
    total,
    ...(value.message !== undefined && { message: storable(String(value.message).slice(0, maxProgressMessage)) }),
    fraction: clamp(total > 0 ? done / total : 0),
  };
}
