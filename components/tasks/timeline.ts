import type { Attempt } from '#lib/tasks/types';

export type SegmentKind = 'waited' | 'ran' | 'backed off';
/** A stretch of a task's life; `from` and `to` in milliseconds. `attempt` is its place in the list, from 0. */
export type Segment = { kind: SegmentKind; from: number; to: number; attempt: number };

type TimelineInput = { attempts: readonly Attempt[]; createdAt: string; runAt: string; finishedAt: string | null };

/** Cuts a task's life into waiting, running and backing off, up to its end or `now`. */
export function timelineSegments(task: TimelineInput, now: number): Segment[] {
  const segments: Segment[] = [];
  let at = Date.parse(task.createdAt);
  const add = (kind: SegmentKind, to: number, attempt: number) => {
    if (to > at) segments.push({ kind, from: at, to, attempt });
    at = Math.max(at, to);
  };

  task.attempts.forEach((attempt, index) => {
    if (index > 0) add('backed off', Date.parse(attempt.readyAt), index);
    add('waited', Date.parse(attempt.startedAt), index);
    add('ran', attempt.finishedAt ? Date.parse(attempt.finishedAt) : now, index);
  });

  const stillOpen = task.finishedAt === null && task.attempts.at(-1)?.finishedAt !== null;
  if (stillOpen) {
    const next = task.attempts.length;
    if (next > 0) add('backed off', Math.min(now, Date.parse(task.runAt)), next);
    add('waited', now, next);
  }
  return segments;
}

/** How long each kind took in all. */
export function totals(segments: readonly Segment[]): Record<SegmentKind, number> {
  const sum: Record<SegmentKind, number> = { waited: 0, ran: 0, 'backed off': 0 };
  for (const { kind, from, to } of segments) sum[kind] += to - from;
  return sum;
}
