'use client';

import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useRef } from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { StateIcon } from '../tasks/state-badge.tsx';
import { useRowKeys } from '../tasks/use-row-keys.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { RelativeTime } from '../time/relative-time.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';

/** The last tasks that gave up, newest first. */
export function RecentFailures({ tasks }: { tasks: TaskSummary[] }) {
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Recent failures</CardTitle>
        {tasks.length > 0 ? (
          <Link href="/dead-letters" className="text-xs text-muted-foreground hover:text-foreground">
            All dead letters
          </Link>
        ) : null}
      </CardHeader>
      {tasks.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-4 text-[13px] text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 text-ok" /> No task has failed.
        </p>
      ) : (
        <ul ref={list} className="divide-y">
          {tasks.map((task) => (
            <li key={task.id} className="relative flex items-center gap-3 px-4 py-2 text-[13px] hover:bg-accent/60">
              <StateIcon state={task.state} />
              <span className="sr-only">{task.state}</span>
              <Link
                href={`/tasks/${task.id}`}
                prefetch={false}
                data-task-row
                className="shrink-0 font-medium after:absolute after:inset-0"
              >
                {task.definition}
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
      )}
    </Card>
  );
}
