import { z } from 'zod';
import type { Queryable } from '#lib/db/index';
import { definitionOptionsSchema } from './define-options.ts';
import { storable } from './storable.ts';
import type { SubmitInput } from './submit/submit-schema.ts';
import type { LogLevel, Progress, RetryPolicy } from './types.ts';

type LogFields = Record<string, unknown>;

/** How a child task is submitted: as any task, and under a key that a re-run of the body recognises it by. */
export type EmitOptions = Omit<SubmitInput, 'definition' | 'payload'> & { key?: string };

/** What a handler is given beside its payload. */
export type TaskContext = {
  readonly id: string;
  /** 1 for the first execution. */
  readonly attempt: number;
  /** Rises with each execution: a store that keeps the highest it has seen can refuse the writes of an older one. */
  readonly fence: number;
  /** Stays the same over all attempts: give it to whatever must not happen twice. */
  readonly idempotencyKey: string;
  /** What the submitter said about the task beside its payload. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The task that emitted this one. */
  readonly parentId: string | null;
  readonly correlationId: string | null;
  /** Aborts when the task is cancelled, runs out of time or loses its lease. */
  readonly signal: AbortSignal;
  /** Lines shown live on the task's page. */
  readonly log: Record<LogLevel, (message: string, fields?: LogFields) => void>;
  /** Moves the progress bar: a fraction from 0 to 1, or counts. */
  progress(value: number | { done: number; total: number; message?: string }): void;
  /** Says that the work goes on, where the definition asks for a `heartbeat`; progress and log lines say so too. */
  heartbeat(): void;
  /**
   * Submits a child task. A re-run of the body gets the child that the earlier one made: by `key`, else by the order of the calls.
   * @throws TaskdeckError as a submit does.
   */
  emit(name: string, payload?: unknown, options?: EmitOptions): Promise<{ id: string }>;
  /**
   * Completes the task in the transaction of its effect: both are kept or neither is. What `effect` returns is the result,
   * and whatever the body does afterwards changes nothing more.
   * @throws Error named LeaseLost when the task is another worker's by now; the effect is rolled back then.
   */
  complete<T>(effect: (sql: Queryable) => Promise<T>): Promise<T>;
};

export type BackoffOptions = Partial<{
  type: 'fixed' | 'exponential';
  delay: number;
  max: number;
  jitter: boolean;
}>;

/** Milliseconds until the next attempt; `attempt` is the one that has failed, 1 for the first. */
export type BackoffFunction = (attempt: number, error: unknown) => number;

/** What a definition knows about its handler's errors. */
type ErrorOptions = {
  /** False: another attempt is pointless. */
  isRetryable?(error: unknown): boolean;
  /** Milliseconds to wait before another attempt, since the other side said so; this one is not charged. */
  isRateLimited?(error: unknown): number | false;
  /** Told of each attempt that failed or ran out of time; an error of its own is only logged. */
  onError?(error: unknown, task: { id: string; attempt: number; willRetry: boolean }): void | Promise<void>;
};

export type DefinitionOptions<Payload extends z.ZodType> = ErrorOptions & {
  /** The name that programs submit by. */
  name: string;
  /** The name that people read. */
  title: string;
  description?: string;
  queue?: string;
  payload: Payload;
  /** A payload that works: the form starts from it. */
  example?: z.input<Payload>;
  retry?: { attempts?: number; backoff?: BackoffOptions | BackoffFunction };
  /** Milliseconds an attempt may take. */
  timeout?: number;
  /** Milliseconds an attempt may go on without a heartbeat, progress or a log line. */
  heartbeat?: number;
  /** -100 to 100; higher runs sooner. */
  priority?: number;
  /** sync: strictly one at a time over all workers. */
  mode?: 'async' | 'sync';
  /** Tasks of one concurrency key that run at once, where a submit says no limit. Without a key they all share one. */
  concurrency?: { limit: number };
  /** Milliseconds within which it must start, or it is cancelled. */
  ttl?: number;
  /** A task whose workers died so often is abandoned. */
  maxLost?: number;
  /** Runs the handler in a process of its own, which can be killed; `memoryMb` is what it may use. */
  isolate?: boolean | { memoryMb?: number };
  /** Milliseconds after which an ended task is deleted. */
  retention?: number;
  run(payload: z.output<Payload>, task: TaskContext): Promise<unknown>;
};

/** A definition with its defaults filled in, as the runner uses it. */
export type Definition = ErrorOptions & {
  name: string;
  title: string;
  description: string;
  queue: string;
  payload: z.ZodType;
  example: unknown;
  retry: RetryPolicy;
  /** Decides where `retry.backoff.type` is `custom`. */
  backoff?: BackoffFunction;
  timeoutMs: number;
  heartbeatMs: number | null;
  priority: number;
  mode: 'async' | 'sync';
  concurrencyLimit: number | null;
  ttlMs: number | null;
  maxLost: number;
  isolation: { memoryMb: number } | null;
  retentionMs: number | null;
  /** URL of the file that exports it: what an isolated handler is loaded from. */
  source?: string;
  run(payload: unknown, task: TaskContext): Promise<unknown>;
};

/** What counts where a function decides but is not at hand, as for an attempt whose worker died. */
const customBackoff = { type: 'custom', delay: 1_000, max: 60_000, jitter: true } as const;

/**
 * Declares a task type: the default export of a file in workers/tasks.
 *
 * @throws Error naming the option when the declaration itself is wrong; the worker then refuses to start.
 */
export function defineTask<Payload extends z.ZodType>(options: DefinitionOptions<Payload>): Definition {
  const parsed = definitionOptionsSchema.safeParse(options);
  if (!parsed.success) throw new Error(`defineTask(${options.name}): ${z.prettifyError(parsed.error)}`);
  const { name, title, description, queue, retry, timeout, heartbeat, priority, mode, concurrency } = parsed.data;
  const { isRetryable, isRateLimited, onError } = options;
  const backoff = options.retry?.backoff;
  return {
    name,
    title,
    description,
    queue,
    payload: options.payload,
    example: options.example ?? {},
    retry: {
      attempts: retry.attempts,
      backoff: typeof retry.backoff === 'function' ? customBackoff : retry.backoff,
    },
    ...(typeof backoff === 'function' && { backoff }),
    timeoutMs: timeout,
    heartbeatMs: heartbeat ?? null,
    priority,
    mode,
    concurrencyLimit: mode === 'sync' ? 1 : (concurrency?.limit ?? null),
    ttlMs: parsed.data.ttl ?? null,
    maxLost: parsed.data.maxLost,
    isolation: parsed.data.isolate,
    retentionMs: parsed.data.retention ?? null,
    ...(isRetryable && { isRetryable }),
    ...(isRateLimited && { isRateLimited }),
    ...(onError && { onError }),
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
