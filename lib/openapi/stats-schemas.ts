import { z } from 'zod';
import {
  type DefinitionRates,
  type FailureGroup,
  type Percentiles,
  type QueueRate,
  type QueueState,
  type StatsPoint,
  statsWindows,
  type WindowStats,
} from '#lib/stats/types';

// What the API answers about counts and rates.

const time = z.iso.datetime();

const percentilesSchema = z
  .object({ p50: z.number(), p95: z.number(), p99: z.number() })
  .meta({ description: 'Milliseconds, at most 9 % off.' }) satisfies z.ZodType<Percentiles>;

const events = {
  submitted: z.int(),
  completed: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  abandoned: z.int(),
};

const durations = {
  wait: percentilesSchema.nullable().meta({ description: 'Before the last attempt; null where no task had started.' }),
  run: percentilesSchema.nullable().meta({ description: 'Of the last attempt; null where no task had started.' }),
};

const pointSchema = z.object({ at: time, ...events, ...durations }) satisfies z.ZodType<StatsPoint>;

export const windowStatsSchema = z.object({
  window: z.enum(statsWindows),
  from: time,
  to: time,
  stepSeconds: z.int(),
  points: z.array(pointSchema).meta({ description: 'Without gaps, oldest first; the last one is still going on.' }),
  totals: z.object(events),
  retries: z.int().meta({ description: 'Attempts beyond the first, of the tasks that ended.' }),
  ...durations,
}) satisfies z.ZodType<WindowStats>;

export const failureGroupSchema = z.object({
  fingerprint: z.string(),
  count: z.int(),
  more: z.boolean().meta({ description: 'There are more of them than `count`.' }),
  lastAt: time,
  definitions: z.array(z.string()),
  sampleId: z.uuid(),
  sampleMessage: z.string(),
}) satisfies z.ZodType<FailureGroup>;

export const queueStateSchema = z.object({
  queue: z.string(),
  paused: z.boolean(),
  draining: z.boolean(),
  waiting: z.int(),
  running: z.int(),
  oldestWaitingSeconds: z.number().nullable().meta({ description: 'Null when none waits.' }),
  submittedPerMinute: z.number().meta({ description: 'Over the last five minutes.' }),
  endedPerMinute: z.number().meta({ description: 'Over the last five minutes.' }),
}) satisfies z.ZodType<QueueState>;

export const queueRateSchema = z.object({
  queue: z.string(),
  submittedPerMinute: z.number(),
  endedPerMinute: z.number(),
}) satisfies z.ZodType<QueueRate>;

export const definitionRatesSchema = z.object({
  definition: z.string(),
  hours: z
    .array(z.object({ at: time, ended: z.int(), failed: z.int() }))
    .meta({ description: 'The last 24 hours, oldest first; failed ones are among the ended.' }),
}) satisfies z.ZodType<DefinitionRates>;
