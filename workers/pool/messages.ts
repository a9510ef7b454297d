import { z } from 'zod';
import type { MetricsSnapshot } from '#lib/observability/index';

/** The variable by which a worker process knows that a pool has started it, and which. */
export const poolVariable = 'WORKER_POOL_ID';

/** What a pool says to its worker processes. */
export const toWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('drain') }),
  z.object({ type: z.literal('metrics'), request: z.int() }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

const statusSchema = z.object({
  running: z.int(),
  idleMs: z.number(),
  memoryBytes: z.number(),
  healthy: z.boolean(),
});

/** What a worker process says to its pool. */
export const toPoolSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), workerId: z.uuid() }),
  z.object({ type: z.literal('status'), status: statusSchema }),
  /** Somebody told the worker itself to go. */
  z.object({ type: z.literal('leaving'), why: z.enum(['drain', 'restart']) }),
  z.object({ type: z.literal('metrics'), request: z.int(), snapshot: z.custom<MetricsSnapshot>(Array.isArray) }),
]);
export type ToPool = z.infer<typeof toPoolSchema>;
export type WorkerStatus = z.infer<typeof statusSchema>;
