import type { Attempt } from '#lib/tasks/types';
import { beginsAnew } from './rounds.ts';

/** `held back`: by its start time or by other tasks. `ended`: between an end and a retry or redrive by somebody. */
export type SegmentKind = 'held back' | 'waited' | 'ran' | 'backed off' | 'ended';
/** A stretch of a task's life; `from` and `to` in milliseconds. `attempt` is its place in the list, from 0. */
export type Segment = { kind: SegmentKind; from: number; to: number; attempt: number };

type TimelineInput = {
  attempts: readonly Pick<Attempt, 'attempt' | 'readyAt' | 'startedAt' | 'finishedAt'>[];
  createdAt: string;
  readyAt: string;
  finishedAt: string | null;
  /** The number of the attempt that runs, or ran last; 0 after a retry or redrive. */
  attempt: number;
};

/** Cuts a task's life into stretches, up to its end or `now`. */
export function timelineSegments(task: TimelineInput, now: number): Segment[] {
  const segments: Segment[] = [];
  let at = Date.parse(task.createdAt);
  const add = (kind: SegmentKind, to: number, attempt: number) => {
    if (to > at) segments.push({ kind, from: at, to, attempt });
    at = Math.max(at, to);
  };
  /** What it was before attempt `number`, the one of that index, could start. */
  const before = (index: number, number: number): SegmentKind => {
    const last = task.attempts[index - 1];
    if (!last) return 'held back';
    return beginsAnew(last, number) ? 'ended' : 'backed off';
  };

  task.attempts.forEach((attempt, index) => {
    add(before(index, attempt.attempt), Date.parse(attempt.readyAt), index);
    add('waited', Date.parse(attempt.startedAt), index);
    add('ran', attempt.finishedAt ? Date.parse(attempt.finishedAt) : now, index);
  });

  if (isWaiting(task)) {
    const next = task.attempts.length;
    add(before(next, task.attempt + 1), Math.min(now, Date.parse(task.readyAt)), next);
    add('waited', now, next);
  }
  return segments;
}

/** True while no attempt runs and there is one to come. */
export const isWaiting = ({ attempts, finishedAt }: Pick<TimelineInput, 'attempts' | 'finishedAt'>): boolean =>
  finishedAt === null && attempts.at(-1)?.finishedAt !== null;

/** How long each kind took in all. */
export function totals(segments: readonly Segment[]): Record<SegmentKind, number> {
  const sum: Record<SegmentKind, number> = { 'held back': 0, waited: 0, ran: 0, 'backed off': 0, ended: 0 };
  for (const { kind, from, to } of segments) sum[kind] += to - from;
  return sum;
}

/** An axis of time: where a segment stands on it and how long it is, as shares of the whole from 0 to 1. */
export type Axis = { span: number; place(segment: Segment): { at: number; length: number } };

/**
 * An axis without the times in which nothing could have happened, held back or ended: days of them would leave no room for
 * what took seconds.
 */
export function axisOf(segments: readonly Segment[]): Axis {
  const drawn = segments.filter(isDrawn);
  const starts = new Map<Segment, number>();
  let span = 0;
  for (const segment of drawn) {
    starts.set(segment, span);
    span += segment.to - segment.from;
  }
  const whole = Math.max(1, span);
  return {
    span: whole,
    place: (segment) => ({ at: (starts.get(segment) ?? 0) / whole, length: (segment.to - segment.from) / whole }),
  };
}

/** False for what the axis leaves out. */
export const isDrawn = ({ kind }: Segment): boolean => kind !== 'held back' && kind !== 'ended';
