'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { isTerminal } from '#lib/tasks/state';
import { useTask } from '../api/queries.ts';
import type { TaskRef } from '../api/types.ts';
import { Elapsed } from '../time/elapsed.tsx';
import { Button } from '../ui/button.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { StateBadge } from './state-badge.tsx';
import { stateMeta } from './state-meta.ts';
import { StateSentence } from './state-sentence.tsx';
import { visibleText } from './visible-text.ts';

/** What became of the task that was just submitted, live. */
export function SubmittedTask({
  task: submitted,
  onAnother,
  onLeave,
}: {
  task: TaskRef;
  onAnother(): void;
  onLeave(): void;
}) {
  const { data: task } = useTask(submitted.id);
  const state = task?.state ?? submitted.state;
  // No time that ticks: it stands in a live region.
  const said = task?.errorMessage && state !== 'completed' ? visibleText(task.errorMessage) : stateMeta[state].meaning;
  return (
    <>
      <div className="flex flex-col gap-3 px-5 py-6" aria-live="polite">
        <div className="flex items-center gap-3">
          <StateBadge state={state} data-testid="task-status" />
          <span className="min-w-0 truncate font-mono text-xs text-muted-foreground">{submitted.id}</span>
        </div>
        {task?.progress && state === 'running' ? <ProgressBar progress={task.progress} state={state} /> : null}
        <p className="text-[13px] text-muted-foreground">
          {task?.state === 'pending' ? <StateSentence task={task} onLeave={onLeave} /> : said}
          {task?.startedAt && isTerminal(state) ? (
            <>
              {' '}
              It ran for <Elapsed from={task.startedAt} to={task.finishedAt} />.
            </>
          ) : null}
        </p>
      </div>
      <div className="flex items-center justify-between gap-2 border-t bg-muted/30 px-5 py-3">
        <Button variant="ghost" onClick={onAnother}>
          New task
        </Button>
        <Button asChild variant="primary">
          <Link href={`/tasks/${submitted.id}`} data-testid="task-details" onClick={onLeave}>
            View details <ArrowRight />
          </Link>
        </Button>
      </div>
    </>
  );
}
