'use client';

import type { Attempt, TaskDetail } from '#lib/tasks/types';
import { useNow } from '../time/clock.tsx';
import { formatDuration } from '../time/format.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { cn } from '../ui/cn.ts';
import { AttemptItem } from './attempt-item.tsx';
import { type Segment, type SegmentKind, timelineSegments, totals } from './timeline.ts';

const kinds: { kind: SegmentKind; label: string; swatch: string }[] = [
  { kind: 'waited', label: 'Waited', swatch: 'bg-muted-foreground/35' },
  { kind: 'ran', label: 'Ran', swatch: 'bg-tone' },
  { kind: 'backed off', label: 'Backed off', swatch: 'bg-warn/60' },
];

const outcomeTone: Record<Attempt['outcome'], string> = {
  running: 'running',
  success: 'completed',
  failure: 'failed',
  timeout: 'failed',
  cancelled: 'cancelled',
  lost: 'abandoned',
};

/** Where the time of a task went, attempt by attempt. */
export function AttemptTimeline({ task }: { task: TaskDetail }) {
  const now = useNow();
  const segments = timelineSegments(task, now);
  const sums = totals(segments);
  const lastTone = outcomeTone[task.attempts.at(-1)?.outcome ?? 'running'];
  const whole = Math.max(1, sums.waited + sums.ran + sums['backed off']);

  return (
    <Card>
      <CardHeader>
        <CardTitle>Attempts</CardTitle>
        <span className="text-xs text-muted-foreground tabular-nums">
          {task.attempt} of at most {task.maxAttempts}
        </span>
      </CardHeader>
      <div className="flex flex-col gap-2.5 px-4 py-3">
        <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-full bg-muted">
          {segments.map((segment) => (
            <Bar
              key={`${segment.attempt}-${segment.kind}`}
              segment={segment}
              whole={whole}
              attempt={task.attempts[segment.attempt]}
            />
          ))}
        </div>
        <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
          {kinds
            .filter(({ kind }) => sums[kind] > 0)
            .map(({ kind, label, swatch }) => (
              <div key={kind} className="flex items-center gap-1.5">
                <span aria-hidden data-tone={lastTone} className={cn('size-2 rounded-full', swatch)} />
                <dt className="text-muted-foreground">{label}</dt>
                <dd className="tabular-nums">{formatDuration(sums[kind])}</dd>
              </div>
            ))}
        </dl>
      </div>
      {task.attempts.length > 0 ? (
        <ol className="divide-y border-t">
          {task.attempts.map((attempt) => (
            <AttemptItem key={attempt.startedAt} attempt={attempt} tone={outcomeTone[attempt.outcome]} />
          ))}
        </ol>
      ) : null}
    </Card>
  );
}

function Bar({ segment, whole, attempt }: { segment: Segment; whole: number; attempt: Attempt | undefined }) {
  const ran = segment.kind === 'ran';
  return (
    <span
      data-tone={ran && attempt ? outcomeTone[attempt.outcome] : undefined}
      className={cn('h-full min-w-0.5', kinds.find(({ kind }) => kind === segment.kind)?.swatch)}
      style={{ width: `${((segment.to - segment.from) / whole) * 100}%` }}
    />
  );
}
