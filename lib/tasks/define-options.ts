import { z } from 'zod';

const dayMs = 86_400_000;
const yearMs = 366 * dayMs;

/** Functions cannot be checked further: what they return is, when they are called. */
const callable = z.custom<(...args: never[]) => unknown>((value) => typeof value === 'function', 'is not a function');

const backoffPolicySchema = z.object({
  type: z.enum(['fixed', 'exponential']).default('exponential'),
  delay: z.int().min(0).max(dayMs).default(1_000),
  max: z.int().min(0).max(dayMs).default(60_000),
  jitter: z.boolean().default(true),
});

/** What `defineTask` takes, but the payload's schema, the example and `run`; fills in the defaults. */
export const definitionOptionsSchema = z
  .object({
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
        backoff: z.union([callable, backoffPolicySchema]).prefault({}),
      })
      .prefault({}),
    timeout: z.int().min(100).max(dayMs).default(60_000),
    priority: z.int().min(-100).max(100).default(0),
    mode: z.enum(['async', 'sync']).default('async'),
    concurrency: z.object({ limit: z.int().min(1).max(10_000) }).optional(),
    ttl: z.int().min(1).max(yearMs).optional(),
    maxLost: z.int().min(1).max(100).default(3),
    isolate: z
      .union([z.boolean(), z.object({ memoryMb: z.int().min(64).max(65_536).default(512) })])
      .default(false)
      .transform((isolate) => (isolate === true ? { memoryMb: 512 } : isolate || null)),
    heartbeat: z.int().min(100).max(dayMs).optional(),
    retention: z
      .int()
      .min(1)
      .max(10 * yearMs)
      .optional(),
    isRetryable: callable.optional(),
    isRateLimited: callable.optional(),
    onError: callable.optional(),
  })
  .refine(({ mode, concurrency }) => mode === 'async' || concurrency === undefined, {
    path: ['concurrency'],
    message: 'a task of mode "sync" runs one at a time already',
  });
