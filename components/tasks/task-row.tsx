'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { Elapsed } from '../time/elapsed.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { cn } from '../ui/cn.ts';
import { ProgressBar } from './progress-bar.tsx';
import { shortId } from './short-id.ts';
import { StateIcon } from './state-badge.tsx';
import { visibleText } from './visible-text.ts';

/** One task of a list: two lines on a phone, one from a tablet on. The whole row is the link. */
export function TaskRow({ task }: { task: TaskSummary }) {
  return (
    <li className="group relative grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-0.5 px-4 py-2 transition-colors hover:bg-accent/60 has-[a:focus-visible]:bg-accent md:grid-cols-[7rem_minmax(0,1fr)_7rem_4.5rem_4.5rem_5rem] md:py-1.5">
      <span className="flex items-center gap-2 text-[13px]" data-tone={task.state}>
        <StateIcon state={task.state} />
        <span className="text-tone first-letter:uppercase max-md:sr-only">{task.state}</span>
      </span>
      <div className="min-w-0">
        <div className="flex min-w-0 items-baseline gap-2">
          <Link
            href={`/tasks/${task.id}`}
            prefetch={false}
            data-task-row
            className="truncate text-[13px] font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
          >
            {task.definition}
          </Link>
          <span className="shrink-0 font-mono text-xs text-muted-foreground">{shortId(task.id)}</span>
          <RowNote task={task} className="hidden flex-1 lg:flex" />
        </div>
        <RowNote task={task} className="flex lg:hidden" />
      </div>
      <span className="truncate text-xs text-muted-foreground max-md:hidden">{task.queue}</span>
      <Attempts task={task} />
      <span className="text-right text-xs text-muted-foreground tabular-nums max-md:hidden">
        {task.startedAt && task.state !== 'retrying' ? <Elapsed from={task.startedAt} to={task.finishedAt} /> : '–'}
      </span>
      <RelativeTime
        at={task.createdAt}
        className="text-right text-xs whitespace-nowrap text-muted-foreground tabular-nums max-md:row-start-1 max-md:col-start-3"
      />
    </li>
  );
}

function Attempts({ task }: { task: TaskSummary }) {
  return (
    <span className="text-right text-xs text-muted-foreground tabular-nums max-md:hidden">
      <span className="sr-only">attempt </span>
      {task.attempt}/{task.maxAttempts}
    </span>
  );
}

/** The one thing worth knowing now: what went wrong, how far it is, or when it starts. */
function RowNote({ task, className }: { task: TaskSummary; className: string }) {
  if (task.cancelRequested && task.state === 'running') return <Note className={className}>stopping …</Note>;
  if (task.state === 'running' && task.progress) {
    return (
      <span className={cn('min-w-0 items-center gap-2 max-lg:py-0.5', className)}>
        <ProgressBar progress={task.progress} state="running" className="w-full max-w-40" />
        <span className="text-xs text-muted-foreground tabular-nums">{Math.floor(task.progress.fraction * 100)} %</span>
      </span>
    );
  }
  if (task.state === 'scheduled' || task.state === 'retrying') {
    return (
      <Note className={className}>
        {task.state === 'retrying' ? 'next attempt ' : 'starts '}
        <RelativeTime at={task.runAt} />
        {task.errorMessage ? ` · ${visibleText(task.errorMessage)}` : ''}
      </Note>
    );
  }
  if (task.errorMessage && task.state !== 'completed')
    return <Note className={className}>{visibleText(task.errorMessage)}</Note>;
  return null;
}

function Note({ className, children }: { className: string; children: ReactNode }) {
  return (
    <span className={cn('min-w-0 text-xs text-muted-foreground', className)}>
      <span className="truncate">{children}</span>
    </span>
  );
}
