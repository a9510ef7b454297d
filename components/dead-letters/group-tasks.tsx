'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { keys } from '../api/keys.ts';
import { describeError } from '../api/problem.ts';
import { shortId } from '../tasks/short-id.ts';
import { StateIcon } from '../tasks/state-badge.tsx';
import { visibleText } from '../tasks/visible-text.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { fetchGroupTasks } from './calls.ts';

/** The newest tasks of a group of dead letters. `count`: how many there are in all. */
export function GroupTasks({ fingerprint, count }: { fingerprint: string; count: number }) {
  const { data, error } = useQuery({
    queryKey: keys.deadLetterTasks(fingerprint),
    queryFn: ({ signal }) => fetchGroupTasks(fingerprint, signal),
  });
  if (error) {
    return (
      <Notice tone="error" className="m-3" title={describeError(error).title}>
        {describeError(error).hint}
      </Notice>
    );
  }
  if (!data) return <Skeleton className="m-4 h-4" />;
  return (
    <>
      <ul aria-label="Tasks of this group, newest first" className="divide-y border-t bg-muted/30">
        {data.tasks.map((task) => (
          <li
            key={task.id}
            className="relative flex items-center gap-3 py-1.5 pr-4 pl-10 text-[13px] hover:bg-accent/60"
          >
            <StateIcon state={task.state} />
            <span className="sr-only">{task.state}</span>
            <Link
              href={`/tasks/${task.id}`}
              prefetch={false}
              data-task-row
              className="shrink-0 font-medium after:absolute after:inset-0"
            >
              {task.definition} <span className="font-mono text-xs text-muted-foreground">{shortId(task.id)}</span>
            </Link>
            <span className="min-w-0 flex-1 truncate text-muted-foreground">
              {task.errorMessage ? visibleText(task.errorMessage) : ''}
            </span>
            <RelativeTime
              at={task.finishedAt ?? task.createdAt}
              className="shrink-0 text-xs text-muted-foreground tabular-nums"
            />
          </li>
        ))}
      </ul>
      {count > data.tasks.length ? (
        <p className="border-t bg-muted/30 py-2 pl-10 text-xs text-muted-foreground">
          and {count - data.tasks.length} more
        </p>
      ) : null}
    </>
  );
}
