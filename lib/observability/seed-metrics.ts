import { definitionLabel, registerDefinition } from './definition-label.ts';
import { metrics } from './metrics.ts';
import { shared } from './shared.ts';

/** The closed sets of label values; the runner and the API take theirs from here. */
export const LABELS = {
  trigger: ['api', 'schedule', 'retry', 'child', 'bulk'],
  timing: ['immediate', 'delayed'],
  reason: ['quota', 'rate_limit', 'duplicate', 'validation', 'backpressure'],
  path: ['single', 'bulk'],
  published: ['ok', 'duplicate', 'error'],
  outcome: ['success', 'failure', 'timeout', 'cancelled', 'lost'],
  status: ['completed', 'failed', 'cancelled', 'abandoned'],
  errorKind: ['error', 'permanent', 'timeout'],
  depthState: ['pending', 'scheduled', 'retrying', 'running', 'paused', 'blocked'],
  workerState: ['running', 'draining', 'paused', 'unhealthy'],
  realtimeResult: ['sent', 'coalesced', 'dropped'],
  logLevel: ['error', 'warn', 'info', 'debug'],
} as const;

const seeded = shared('seededMetrics', () => new Set<string>());

/**
 * Starts every bounded combination of labels at 0, so that `rate()` sees the first event, and admits `definitions` as
 * label values. Safe to call again when more become known: what has counted is left alone.
 */
export function seedMetrics(known: { queues: string[]; definitions: { name: string; queue: string }[] }): void {
  once('process', seedProcess);
  for (const queue of known.queues) once(`queue:${queue}`, () => seedQueue(queue));
  for (const { name, queue } of known.definitions) {
    registerDefinition(name);
    if (definitionLabel(name) === name) once(`definition:${queue}:${name}`, () => seedDefinition(queue, name));
  }
}

function seedProcess(): void {
  for (const reason of LABELS.reason) metrics.enqueueRejectedTotal.inc({ reason }, 0);
  for (const path of LABELS.path) metrics.enqueueDurationSeconds.zero({ path });
  for (const result of LABELS.published) metrics.outboxPublishedTotal.inc({ result }, 0);
  for (const level of LABELS.logLevel) metrics.logLinesTotal.inc({ level }, 0);
  metrics.outboxBatchRows.zero({});
  metrics.outboxPublishLagSeconds.zero({});
}

function seedQueue(queue: string): void {
  for (const error_kind of LABELS.errorKind) metrics.attemptFailuresTotal.inc({ queue, error_kind }, 0);
  metrics.taskAttempts.zero({ queue });
  metrics.queueWaitSeconds.zero({ queue });
  metrics.taskTotalSeconds.zero({ queue });
  metrics.workerBusySecondsTotal.inc({ queue }, 0);
  metrics.workerSlotsLeaked.inc({ queue }, 0);
}

function seedDefinition(queue: string, definition: string): void {
  for (const trigger of LABELS.trigger) {
    for (const timing of LABELS.timing) metrics.tasksEnqueuedTotal.inc({ queue, definition, trigger, timing }, 0);
  }
  for (const outcome of LABELS.outcome) metrics.attemptsFinishedTotal.inc({ queue, definition, outcome }, 0);
  for (const status of LABELS.status) metrics.tasksFinishedTotal.inc({ queue, definition, status }, 0);
  metrics.attemptsStartedTotal.inc({ queue, definition }, 0);
  metrics.retriesScheduledTotal.inc({ queue, definition }, 0);
  metrics.attemptDurationSeconds.zero({ queue, definition });
}

/** `zero()` wipes a histogram, so a combination is seeded once in the life of the process. */
function once(key: string, seed: () => void): void {
  if (seeded.has(key)) return;
  seeded.add(key);
  seed();
}
