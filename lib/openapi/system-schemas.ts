import { z } from 'zod';
import { roles } from '#lib/access/types';
import type { FileInfo } from '#lib/files/types';
import type { QueueInfo, QueueSettings } from '#lib/queues/types';
import type { DefinitionInfo } from '#lib/tasks/types';
import type { PoolInfo, WorkerInfo } from '#lib/workers/types';
import { retryPolicySchema } from './task-schemas.ts';

// What the API answers about all that is not a task.

const time = z.iso.datetime();

export const definitionSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  queue: z.string(),
  payloadSchema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema, draft 2020-12.' }),
  example: z.unknown(),
  retry: retryPolicySchema,
  timeoutMs: z.int(),
  priority: z.int(),
  mode: z.enum(['async', 'sync']),
  concurrencyLimit: z.int().nullable(),
  ttlMs: z.int().nullable(),
  maxLost: z.int(),
  isolated: z.boolean(),
  retentionMs: z.int().nullable(),
  active: z.boolean().meta({ description: 'False: a submit is refused.' }),
}) satisfies z.ZodType<DefinitionInfo>;

export const queueSettingsSchema = z.object({
  name: z.string(),
  concurrency: z.int().meta({ description: 'Tasks at once in each worker process.' }),
  highWater: z.int().meta({ description: 'Jobs that may stand in BullMQ; the rest waits in Postgres.' }),
  globalConcurrency: z.int().nullable().meta({ description: 'Tasks at once over all workers.' }),
  rateLimit: z
    .object({ max: z.int(), perMs: z.int() })
    .nullable()
    .meta({ description: 'At most `max` starts in `perMs` milliseconds, over all workers.' }),
  waitingLimit: z.int().nullable().meta({ description: 'Above so many waiting tasks a submit is refused with 429.' }),
  serial: z.boolean().meta({ description: 'One task at a time over all workers, in the order of priority.' }),
  paused: z.boolean().meta({ description: 'Takes tasks and starts none.' }),
  draining: z.boolean().meta({ description: 'Takes no new tasks; what it has is run.' }),
}) satisfies z.ZodType<QueueSettings>;

export const queueSchema = queueSettingsSchema.extend({
  waiting: z.int(),
  running: z.int(),
  oldestWaitingSeconds: z.number(),
}) satisfies z.ZodType<QueueInfo>;

export const queueListSchema = z.object({ queues: z.array(queueSchema) });

export const workerSchema = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  version: z.string(),
  poolId: z.string().nullable(),
  queues: z.array(z.string()),
  slots: z.int(),
  queueSlots: z.record(z.string(), z.int()),
  running: z.int(),
  leaked: z.int().meta({ description: 'Slots held by bodies that go on although their attempt has ended.' }),
  state: z.enum(['running', 'paused', 'draining', 'stopped']),
  alive: z.boolean().meta({ description: 'It beat within the last 15 seconds.' }),
  healthy: z.boolean().meta({ description: 'False: it beats, and takes nothing.' }),
  memoryBytes: z.int().nullable(),
  eventLoopLagMs: z.number().nullable(),
  consumedAt: time.nullable(),
  startedAt: time,
  beatAt: time,
}) satisfies z.ZodType<WorkerInfo>;

export const workerListSchema = z.object({ workers: z.array(workerSchema) });

export const sentCommandSchema = z.object({ id: z.string(), command: z.string() });

const poolSchema = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.int(),
  size: z.int().meta({ description: 'Worker processes wanted.' }),
  minSize: z.int(),
  maxSize: z.int(),
  workers: z.int().meta({ description: 'Worker processes that live.' }),
  alive: z.boolean(),
  startedAt: time,
  beatAt: time,
}) satisfies z.ZodType<PoolInfo>;

export const poolListSchema = z.object({ pools: z.array(poolSchema) });
export const poolSizeSchema = z.object({ size: z.int() });

export const fileSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
  createdAt: time,
  expiresAt: time,
}) satisfies z.ZodType<FileInfo>;

const partSchema = z.object({ ok: z.boolean(), detail: z.string() });

export const healthSchema = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  accepting: z.boolean().meta({ description: 'A task submitted now would be kept.' }),
  parts: z.object({ database: partSchema, queue: partSchema, workers: partSchema, realtime: partSchema }),
});

export const memberSchema = z.object({ id: z.uuid(), email: z.email(), role: z.enum(roles) });
