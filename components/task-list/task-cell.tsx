import Link from 'next/link';
import type { ReactNode } from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { ProgressBar } from '../tasks/progress-bar.tsx';
import { shortId } from '../tasks/short-id.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { cn } from '../ui/cn.ts';

/** The task's type, which links to its page, and what is worth knowing now: beside it, or below where it is narrow. */
export function TaskCell({ task }: { task: TaskSummary }) {
  return (
    <>
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
      <div className="flex min-w-0 items-baseline gap-1.5 lg:hidden">
        {/* A card has no room for the word in its first line. For the eye alone: the state's own cell says it. */}
        <span
          aria-hidden
          data-tone={task.state}
          data-word={task.state}
          className="shrink-0 text-xs text-tone capitalize before:content-[attr(data-word)] md:hidden"
        />
        <RowNote task={task} className="flex" />
      </div>
    </>
  );
}

/** The one thing worth knowing now: what went wrong, how far it is, or when it starts. */
function RowNote({ task, className }: { task: TaskSummary; className: string }) {
  if (task.cancelRequested && task.state === 'running') return <Note className={className}>stopping …</Note>;
  if (task.state === 'running' && task.progress) {
    return (
      <span className={cn('min-w-0 items-center gap-2', className)}>
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
