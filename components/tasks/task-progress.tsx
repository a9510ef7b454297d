'use client';

import { useState } from 'react';
import type { TaskDetail } from '#lib/tasks/types';
import { useNow } from '../time/clock.tsx';
import { formatDuration } from '../time/format.ts';
import { Card } from '../ui/card.tsx';
import { ProgressBar, progressText } from './progress-bar.tsx';
import { addSample, type ProgressSample, type Remaining, remaining } from './remaining.ts';
import { visibleText } from './visible-text.ts';

/** How far a task is, and how long it will take at the pace that was seen: nothing is said before a pace was seen. */
export function TaskProgress({ task }: { task: TaskDetail }) {
  const now = useNow();
  const left = useRemaining(task, now);
  if (!task.progress) return null;
  return (
    <Card className="px-4 py-3">
      <div className="mb-2 flex items-baseline justify-between gap-3 text-[13px]">
        <span className="truncate">{task.progress.message ? visibleText(task.progress.message) : 'Progress'}</span>
        <span className="shrink-0 text-muted-foreground tabular-nums">{progressText(task.progress)}</span>
      </div>
      <ProgressBar progress={task.progress} state={task.state} />
      {left ? <p className="mt-1.5 text-xs text-muted-foreground tabular-nums">{leftText(left, task, now)}</p> : null}
    </Card>
  );
}

type Seen = { run: number; fraction: number | undefined; samples: readonly ProgressSample[] };

/** Notes each step of the running attempt that this page saw; what it found when it came was reached nobody knows when. */
function useRemaining(task: TaskDetail, now: number): Remaining | null {
  const [seen, setSeen] = useState<Seen>({ run: 0, fraction: undefined, samples: [] });
  const run = task.attempts.at(-1)?.run ?? 0;
  const fraction = task.state === 'running' ? task.progress?.fraction : undefined;
  // While rendering, as React has it for what follows from what was rendered before.
  if (seen.run !== run) setSeen({ run, fraction, samples: [] });
  else if (fraction !== undefined && seen.fraction !== fraction)
    setSeen({ run, fraction, samples: addSample(seen.samples, { at: now, fraction }) });
  return fraction === undefined || seen.run !== run ? null : remaining(seen.samples, now);
}

function leftText(left: Remaining, task: TaskDetail, now: number): string {
  if (left.kind === 'stalled') return `No step for ${formatDuration(left.sinceMs)}.`;
  const limitLeft = task.startedAt ? Date.parse(task.startedAt) + task.timeoutMs - now : Infinity;
  const about = `About ${formatDuration(coarse(left.ms))} left at the present pace`;
  return left.ms > limitLeft
    ? `${about}: more than its time limit of ${formatDuration(task.timeoutMs)} leaves.`
    : `${about}.`;
}

/** No more exact than an estimate is. */
function coarse(ms: number): number {
  const step = ms < 10_000 ? 1_000 : 5_000;
  return Math.max(step, Math.round(ms / step) * step);
}
