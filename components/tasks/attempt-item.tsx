'use client';

import { Ban, CircleCheck, CircleX, Link2, LoaderCircle, type LucideIcon, TimerOff, Unplug } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Attempt } from '#lib/tasks/types';
import { Elapsed } from '../time/elapsed.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { cn } from '../ui/cn.ts';
import { AttemptBars } from './attempt-bars.tsx';
import type { Axis, Segment } from './timeline.ts';
import { visibleText } from './visible-text.ts';

const outcomes: Record<Attempt['outcome'], { icon: LucideIcon; label: string; tone: string }> = {
  running: { icon: LoaderCircle, label: 'Running', tone: 'running' },
  success: { icon: CircleCheck, label: 'Succeeded', tone: 'completed' },
  failure: { icon: CircleX, label: 'Failed', tone: 'failed' },
  timeout: { icon: TimerOff, label: 'Ran out of time', tone: 'failed' },
  cancelled: { icon: Ban, label: 'Cancelled', tone: 'cancelled' },
  lost: { icon: Unplug, label: 'Worker lost', tone: 'abandoned' },
};

/** What an address names an attempt by. */
export const attemptAnchor = (attempt: Attempt): string => `attempt-${attempt.run}`;

type AttemptItemProps = {
  attempt: Attempt;
  segments: Segment[];
  axis: Axis;
  /** Which time the task had been sent, where that was more than once. */
  round: number | null;
  /** The address names it. */
  marked: boolean;
};

/** One attempt: how it ended, where its time went, and what went wrong. */
export function AttemptItem({ attempt, segments, axis, round, marked }: AttemptItemProps) {
  const { icon: Icon, label, tone } = outcomes[attempt.outcome];
  const place = useRef<HTMLLIElement>(null);
  const anchor = attemptAnchor(attempt);

  useEffect(() => {
    if (marked) place.current?.scrollIntoView({ block: 'center' });
  }, [marked]);

  return (
    <li
      ref={place}
      id={anchor}
      data-tone={tone}
      aria-current={marked || undefined}
      className={cn(
        'group/attempt flex flex-col gap-1 px-4 py-2 text-[13px]',
        marked && 'bg-tone/8 ring-1 ring-tone/40 ring-inset',
      )}
    >
      <p className="flex flex-wrap items-center gap-x-2">
        <Icon
          aria-hidden
          className={cn('size-4 shrink-0 text-tone', attempt.outcome === 'running' && 'animate-spin')}
        />
        <span className="font-medium">Attempt {attempt.attempt}</span>
        <span className="text-tone">{label}</span>
        <span className="text-xs text-muted-foreground tabular-nums">
          {attempt.outcome === 'running' ? 'for ' : 'after '}
          <Elapsed from={attempt.startedAt} to={attempt.finishedAt} />
        </span>
        <a
          href={`#${anchor}`}
          aria-label={`Link to attempt ${attempt.attempt}${round === null ? '' : ` of round ${round}`}`}
          className="rounded-sm text-muted-foreground opacity-0 group-hover/attempt:opacity-100 hover:text-foreground focus-visible:opacity-100 pointer-coarse:opacity-100"
        >
          <Link2 aria-hidden className="size-3.5" />
        </a>
        <RelativeTime at={attempt.startedAt} className="ml-auto text-xs text-muted-foreground" />
      </p>
      <AttemptBars segments={segments} axis={axis} />
      {attempt.workerId ? (
        <p className="truncate text-xs text-muted-foreground">on {visibleText(attempt.workerId)}</p>
      ) : null}
      {attempt.error && attempt.outcome !== 'cancelled' ? (
        <p className="line-clamp-3 text-xs break-words text-destructive">
          {visibleText(attempt.error.message.slice(0, 600))}
        </p>
      ) : null}
    </li>
  );
}
