'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { describeError } from '../api/problem.ts';
import { useTask } from '../api/queries.ts';
import type { LogPage, TaskView } from '../api/types.ts';
import { JsonView } from '../json/json-view.tsx';
import { LogPanel } from '../logs/log-panel.tsx';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { AttemptTimeline } from './attempt-timeline.tsx';
import { EarlierPayloads } from './earlier-payloads.tsx';
import { ProgressBar, progressText } from './progress-bar.tsx';
import { shortId } from './short-id.ts';
import { StateBadge } from './state-badge.tsx';
import { stateMeta } from './state-meta.ts';
import { TaskActions } from './task-actions.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskHistory } from './task-history.tsx';
import { TaskOutcome } from './task-outcome.tsx';
import { visibleText } from './visible-text.ts';

type TaskPageProps = { initial: TaskView; initialLogs: LogPage; title: string };

/** One task, live. */
export function TaskPage({ initial, initialLogs, title }: TaskPageProps) {
  const { data: task = initial, error } = useTask(initial.id, initial);
  return (
    <div className="flex flex-col gap-4">
      <TaskHeading task={task} title={title} />
      {error ? (
        <Notice tone="error" title={`This page could not be updated. ${describeError(error).title}`}>
          {describeError(error).hint}
        </Notice>
      ) : null}
      {task.progress && !['completed', 'pending'].includes(task.state) ? <TaskProgress task={task} /> : null}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <TaskOutcome task={task} />
          <LogPanel key={task.id} taskId={task.id} state={task.state} initial={initialLogs} />
          <Card>
            <CardHeader>
              <CardTitle>Payload</CardTitle>
            </CardHeader>
            <JsonView value={task.payload} label="payload" />
          </Card>
          <EarlierPayloads task={task} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AttemptTimeline task={task} />
          <TaskFacts task={task} />
          <TaskHistory taskId={task.id} />
        </div>
      </div>
    </div>
  );
}

function TaskHeading({ task, title }: { task: TaskView; title: string }) {
  return (
    <div className="flex flex-col gap-2">
      <nav aria-label="Breadcrumb" className="flex items-center gap-1 text-xs text-muted-foreground">
        <Link href="/tasks" className="hover:text-foreground">
          Tasks
        </Link>
        <ChevronRight aria-hidden className="size-3" />
        <Link
          href={`/tasks?definition=${encodeURIComponent(task.definition)}`}
          className="truncate hover:text-foreground"
        >
          {task.definition}
        </Link>
        <ChevronRight aria-hidden className="size-3" />
        <span className="font-mono">{shortId(task.id)}</span>
        <CopyButton text={task.id} label="task ID" className="-my-1" />
      </nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-lg font-semibold tracking-tight break-words">{title}</h1>
        <span role="status">
          <StateBadge state={task.state} data-testid="task-status" />
        </span>
        <p className="text-[13px] text-muted-foreground">
          <StateSentence task={task} />
        </p>
        <div className="sm:ml-auto">
          <TaskActions task={task} />
        </div>
      </div>
    </div>
  );
}

function StateSentence({ task }: { task: TaskView }) {
  if (task.cancelRequested && task.state === 'running') return 'Asked to stop; waiting for the handler.';
  if (task.state === 'scheduled') {
    return (
      <>
        Starts <RelativeTime at={task.runAt} />.
      </>
    );
  }
  if (task.state === 'retrying') {
    return (
      <>
        Attempt {task.attempt + 1} of {task.maxAttempts} starts <RelativeTime at={task.runAt} />.
      </>
    );
  }
  if (task.state === 'completed' && task.finishedAt) {
    return (
      <>
        Finished <RelativeTime at={task.finishedAt} />.
      </>
    );
  }
  return stateMeta[task.state].meaning;
}

function TaskProgress({ task }: { task: TaskView }) {
  if (!task.progress) return null;
  return (
    <Card className="px-4 py-3">
      <div className="mb-2 flex items-baseline justify-between gap-3 text-[13px]">
        <span className="truncate">{task.progress.message ? visibleText(task.progress.message) : 'Progress'}</span>
        <span className="shrink-0 text-muted-foreground tabular-nums">{progressText(task.progress)}</span>
      </div>
      <ProgressBar progress={task.progress} state={task.state} />
    </Card>
  );
}
