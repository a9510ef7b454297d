import { z } from 'zod';

const maxDelayMs = 366 * 86_400_000;
const maxTimeoutMs = 86_400_000;
/** Bytes of JSON that a task's metadata may have. */
const maxMetadataBytes = 8 * 1024;

/** Names something that several tasks share; any text. */
const key = z.string().min(1).max(256);
const delay = z.int().min(0).max(maxDelayMs);
const backoffMs = z.int().min(0).max(86_400_000);

const metadata = z
  .record(z.string().min(1).max(128), z.json())
  .refine((value) => Object.keys(value).length <= 50, 'has more than 50 keys')
  .refine((value) => new TextEncoder().encode(JSON.stringify(value)).length <= maxMetadataBytes, 'is larger than 8 KB');

const options = {
  queue: z.string().min(1).max(40),
  priority: z.int().min(-100).max(100).meta({ description: 'Higher first.' }),
  delayMs: delay.meta({ description: 'Milliseconds to wait before it may start.' }),
  runAt: z.iso.datetime({ offset: true }).meta({ description: 'Not before this time.' }),
  tags: z.array(z.string().min(1).max(64)).max(20),
  attempts: z.int().min(1).max(100).meta({ description: 'Executions at most, the first one included.' }),
  backoff: z
    .strictObject({ type: z.enum(['fixed', 'exponential']), delay: backoffMs, max: backoffMs, jitter: z.boolean() })
    .partial()
    .meta({ description: 'What is left out stays as the definition has it.' }),
  timeoutMs: z.int().min(100).max(maxTimeoutMs).meta({ description: 'Milliseconds an attempt may take.' }),
  ttlMs: z
    .int()
    .min(1)
    .max(maxDelayMs)
    .meta({ description: 'Milliseconds within which it must start once it could, or it is cancelled.' }),
  unique: z
    .strictObject({ key, windowMs: z.int().min(1).max(maxDelayMs).optional() })
    .meta({ description: 'One task a key: while it has not ended, or with `windowMs` for so long after it was made.' }),
  debounce: z
    .strictObject({
      key,
      delayMs: z.int().min(1).max(maxDelayMs),
      mode: z.enum(['trailing', 'leading']).default('trailing'),
      maxWaitMs: z.int().min(1).max(maxDelayMs).optional(),
    })
    .meta({
      description:
        'Many submits, one run: `trailing` after they have been quiet for `delayMs`, `leading` at the first of them.',
    }),
  concurrency: z
    .strictObject({
      key: key.regex(/^(?!sync:)/, 'may not begin with "sync:"'),
      limit: z.int().min(1).max(10_000).optional(),
    })
    .meta({ description: 'At most `limit` tasks of a key run at once, over all queues and workers.' }),
  mode: z
    .enum(['sync', 'async'])
    .meta({ description: '`sync`: one task of the definition at a time, highest priority first.' }),
  supersede: z
    .strictObject({ key, running: z.boolean().default(false) })
    .meta({ description: 'Cancels the tasks of the key that wait; with `running` those that run too.' }),
  metadata,
  correlationId: z.string().min(1).max(128),
  dependsOn: z
    .array(z.uuid())
    .min(1)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, 'names a task twice')
    .meta({ description: 'Tasks that must end before it starts.' }),
  onDependencyFailure: z
    .enum(['cancel', 'run'])
    .meta({ description: 'What becomes of it when one of them ends without success.' }),
};

/** What a program or page may say when it submits a task; pure, so that forms may read it. */
export const submitSchema = z
  .strictObject({
    definition: z.string().min(1).max(64),
    payload: z.unknown().optional(),
    ...z.object(options).partial().shape,
  })
  .refine((input) => input.delayMs === undefined || input.runAt === undefined, {
    path: ['runAt'],
    message: 'Give delayMs or runAt, not both.',
  })
  .refine(({ debounce, delayMs, runAt }) => !debounce || (delayMs === undefined && runAt === undefined), {
    path: ['debounce'],
    message: 'A debounce sets the time itself: give no delayMs or runAt with it.',
  })
  .refine((input) => !input.debounce || !input.unique, {
    path: ['debounce'],
    message: 'Give unique or debounce, not both.',
  })
  .refine((input) => input.mode !== 'sync' || !input.concurrency, {
    path: ['concurrency'],
    message: 'A sync task runs alone: give mode "sync" or concurrency, not both.',
  });

/** As a caller writes it, defaults left out. */
export type SubmitInput = z.input<typeof submitSchema>;

/** Tasks of one batch. */
export const maxBatch = 1_000;

/** Many tasks at once: all are accepted or none. */
export const batchSchema = z.strictObject({ tasks: z.array(submitSchema).min(1).max(maxBatch) });

/** A client's own name for one submit. */
export const idempotencyKeySchema = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/, 'has visible ASCII characters only');
