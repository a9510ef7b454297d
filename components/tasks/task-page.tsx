'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { lazy, Suspense } from 'react';
import { describeError } from '../api/problem.ts';
import { useTask } from '../api/queries.ts';
import type { LogPage, TaskView } from '../api/types.ts';
import { JsonView } from '../json/json-view.tsx';
import type { LikeDefaults } from '../submit/like-this.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { AttemptTimeline } from './attempt-timeline.tsx';
import { CopyCurl } from './copy-curl.tsx';
import { RelatedTasks } from './related-tasks.tsx';
import { shortId } from './short-id.ts';
import { StateBadge } from './state-badge.tsx';
import { StatePathView } from './state-path-view.tsx';
import { StateSentence } from './state-sentence.tsx';
import { TaskActions } from './task-actions.tsx';
import { TaskFacts } from './task-facts.tsx';
import { TaskHistory } from './task-history.tsx';
import { TaskOutcome } from './task-outcome.tsx';
import { TaskProgress } from './task-progress.tsx';

// The server renders it: it is to be seen before its script is there.
const LogPanel = lazy(async () => ({ default: (await import('../logs/log-panel.tsx')).LogPanel }));
// Few tasks were redriven with another payload.
const EarlierPayloads = lazy(async () => ({ default: (await import('./earlier-payloads.tsx')).EarlierPayloads }));

type TaskPageProps = {
  initial: TaskView;
  initialLogs: LogPage;
  title: string;
  /** What the task's definition says; null when it is gone. */
  defaults: LikeDefaults | null;
};

/** One task, live. */
export function TaskPage({ initial, initialLogs, title, defaults }: TaskPageProps) {
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
          <StatePathView task={task} />
          <AttemptTimeline task={task} />
          <Suspense fallback={<Card className="h-40" />}>
            <LogPanel key={task.id} task={task} initial={initialLogs} />
          </Suspense>
          <Card>
            <CardHeader>
              <CardTitle>Payload</CardTitle>
              <CopyCurl task={task} defaults={defaults} />
            </CardHeader>
            <JsonView value={task.payload} label="payload" />
          </Card>
          {task.metadata ? (
            <Card>
              <CardHeader>
                <CardTitle>Metadata</CardTitle>
              </CardHeader>
              <JsonView value={task.metadata} label="metadata" />
            </Card>
          ) : null}
          <Suspense>{task.revisions > 0 ? <EarlierPayloads task={task} /> : null}</Suspense>
          <RelatedTasks taskId={task.id} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
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
