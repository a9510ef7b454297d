'use client';

import { useState } from 'react';
import type { TaskDetail } from '#lib/tasks/types';
import { useNow } from '../time/clock.tsx';
import { formatDuration } from '../time/format.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { attemptAnchor, AttemptItem } from './attempt-item.tsx';
import { AttemptBars } from './attempt-bars.tsx';
import { axisTicks } from './axis.ts';
import { axisOf, timelineSegments, totals } from './timeline.ts';
import { useHash } from './use-hash.ts';

/** More are shown on request. */
const shown = 10;

/** Where the time of a task went, attempt by attempt, under one axis of time. */
export function AttemptTimeline({ task }: { task: TaskDetail }) {
  const now = useNow();
  const hash = useHash();
  const [all, setAll] = useState(false);
  const segments = timelineSegments(task, now);
  const axis = axisOf(segments);
  const sums = totals(segments);
  const waiting = segments.filter(({ attempt }) => attempt === task.attempts.length);
  const attempts = task.attempts.map((attempt, index) => ({ attempt, index }));
  const wanted =
    all || attempts.some(({ attempt }, index) => index < attempts.length - shown && attemptAnchor(attempt) === hash);
  const visible = wanted ? attempts : attempts.slice(-shown);

  return (
    <Card>
      <CardHeader>
        <CardTitle>Attempts</CardTitle>
        <span className="text-xs text-muted-foreground tabular-nums">
          {task.attempt} of at most {task.maxAttempts}
        </span>
      </CardHeader>
      <p className="px-4 pt-2.5 text-xs text-muted-foreground tabular-nums">
        In all{' '}
        {(['held back', 'waited', 'ran', 'backed off'] as const)
          .filter((kind) => sums[kind] > 0 || kind === 'waited')
          .map((kind) => `${kind} ${formatDuration(sums[kind])}`)
          .join(', ')}
        .
      </p>
      <TimeAxis span={axis.span} />
      {visible.length < attempts.length ? (
        <div className="px-4 pb-1">
          <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
            Show {attempts.length - visible.length} earlier attempts
          </Button>
        </div>
      ) : null}
      <ol aria-label="Attempts" className="divide-y border-t">
        {visible.map(({ attempt, index }) => (
          <AttemptItem
            key={attempt.run}
            attempt={attempt}
            segments={segments.filter((segment) => segment.attempt === index)}
            axis={axis}
            marked={attemptAnchor(attempt) === hash}
          />
        ))}
        {waiting.length > 0 ? (
          <li data-tone={task.state} className="flex flex-col gap-1 px-4 py-2 text-[13px]">
            <p className="text-muted-foreground">Attempt {task.attempt + 1} has not started yet.</p>
            <AttemptBars segments={waiting} axis={axis} />
          </li>
        ) : null}
      </ol>
    </Card>
  );
}

/** The scale of the bars below it, for the eye; each bar says its lengths in words. */
function TimeAxis({ span }: { span: number }) {
  return (
    <div aria-hidden className="relative mx-4 mt-1 h-5 border-b text-[11px] text-muted-foreground tabular-nums">
      {axisTicks(span).map((tick) => (
        <span
          key={tick}
          className="absolute bottom-0 border-l pl-1 whitespace-nowrap last:data-[late]:-translate-x-full last:data-[late]:border-r last:data-[late]:border-l-0 last:data-[late]:pr-1"
          data-late={tick / span > 0.9 || undefined}
          style={{ left: `${(tick / span) * 100}%` }}
        >
          {tick === 0 ? '0' : formatDuration(tick)}
        </span>
      ))}
    </div>
  );
}
