'use client';

import { Ban, CircleCheck, CircleX, LoaderCircle, type LucideIcon, TimerOff, Unplug } from 'lucide-react';
import type { Attempt } from '#lib/tasks/types';
import { Elapsed } from '../time/elapsed.tsx';
import { formatDuration } from '../time/format.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { cn } from '../ui/cn.ts';
import { visibleText } from './visible-text.ts';

const outcomes: Record<Attempt['outcome'], { icon: LucideIcon; label: string }> = {
  running: { icon: LoaderCircle, label: 'Running' },
  success: { icon: CircleCheck, label: 'Succeeded' },
  failure: { icon: CircleX, label: 'Failed' },
  timeout: { icon: TimerOff, label: 'Ran out of time' },
  cancelled: { icon: Ban, label: 'Cancelled' },
  lost: { icon: Unplug, label: 'Worker lost' },
};

export function AttemptItem({ attempt, tone }: { attempt: Attempt; tone: string }) {
  const { icon: Icon, label } = outcomes[attempt.outcome];
  const waited = Date.parse(attempt.startedAt) - Date.parse(attempt.readyAt);
  return (
    <li className="flex gap-3 px-4 py-2.5 text-[13px]" data-tone={tone}>
      <Icon
        aria-hidden
        className={cn('mt-0.5 size-4 shrink-0 text-tone', attempt.outcome === 'running' && 'animate-spin')}
      />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">Attempt {attempt.attempt}</span>
          <span className="text-tone">{label}</span>
          <span className="text-xs text-muted-foreground tabular-nums">
            {attempt.outcome === 'running' ? 'for ' : 'after '}
            <Elapsed from={attempt.startedAt} to={attempt.finishedAt} />
          </span>
          <RelativeTime at={attempt.startedAt} className="ml-auto text-xs text-muted-foreground" />
        </p>
        <p className="truncate text-xs text-muted-foreground">
          waited {formatDuration(waited)}
          {attempt.workerId ? ` · ${attempt.workerId}` : ''}
        </p>
        {attempt.error ? (
          <p className="mt-1 line-clamp-3 text-xs break-words text-destructive">{visibleText(attempt.error.message)}</p>
        ) : null}
      </div>
    </li>
  );
}
