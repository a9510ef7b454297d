import type { Evidence } from './evidence.ts';
import { illegal, lost, reRun } from './invariants.ts';
import { interruptions } from './recoveries.ts';

/** What a trial is published with. Times in milliseconds. */
export type Figures = {
  accepted: number;
  completed: number;
  lost: number;
  completedReRun: number;
  illegalTransitions: number;
  duplicateBodies: number;
  staleWrites: number;
  recovery: { p50: number; p95: number; max: number } | null;
  /** From the request to its 202, the whole trial long. */
  accepting: { p50: number; p99: number } | null;
};

/** Counts. A duplicate body is one that began although the task had begun before, and neither a failure of its own nor a redrive asked for it. */
export function countFigures(evidence: Evidence, measured: number[], latencies: number[]): Figures {
  const { accepted, tasks, ledger, transitions } = evidence;
  const recoveries = [...measured, ...interruptions(ledger)];
  const starts = ledger.filter(({ ev }) => ev === 'start');
  const failed = ledger.filter(({ ev }) => ev === 'fail').length;
  const redriven = transitions.filter(
    ({ before, after }) =>
      after === 'pending' && (before === 'cancelled' || before === 'failed' || before === 'abandoned'),
  ).length;
  const wanted = new Set(starts.map(({ task }) => task)).size + failed + redriven;
  return {
    accepted: accepted.length,
    completed: tasks.filter(({ state }) => state === 'completed').length,
    lost: lost(evidence).length,
    completedReRun: reRun(evidence).length,
    illegalTransitions: illegal(evidence).length,
    duplicateBodies: Math.max(0, starts.length - wanted),
    staleWrites: evidence.staleWrites,
    recovery:
      recoveries.length === 0
        ? null
        : { p50: quantile(recoveries, 0.5), p95: quantile(recoveries, 0.95), max: Math.max(...recoveries) },
    accepting: latencies.length === 0 ? null : { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) },
  };
}

/** The value that a share `q` of the samples does not exceed. */
export function quantile(samples: number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)] ?? 0;
}
