'use client';

import Link from 'next/link';
import { type ReactNode, useRef } from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { shortId } from '../tasks/short-id.ts';
import { StateIcon } from '../tasks/state-badge.tsx';
import { useRowKeys } from '../tasks/use-row-keys.ts';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';

type TasksCardProps = {
  title: string;
  /** Where all of them are. */
  href: string;
  /** Each with the time that matters about it. */
  rows: { task: TaskSummary; time: ReactNode }[];
  /** What is said when there is none. */
  none: string;
};

/** A few tasks that deserve a look. */
export function TasksCard({ title, href, rows, none }: TasksCardProps) {
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  return (
    <Card className="min-w-0">
      <CardHeader>
        <CardTitle>
          <Link href={href} prefetch={false} className="hover:underline">
            {title}
          </Link>
        </CardTitle>
      </CardHeader>
      {rows.length === 0 ? (
        <p className="px-4 py-4 text-[13px] text-muted-foreground">{none}</p>
      ) : (
        <ul ref={list} className="divide-y">
          {rows.map(({ task, time }) => (
            <li key={task.id} className="relative flex items-center gap-3 px-4 py-2 text-[13px] hover:bg-accent/60">
              <StateIcon state={task.state} />
              <span className="sr-only">{task.state}</span>
              <Link
                href={`/tasks/${task.id}`}
                prefetch={false}
                data-task-row
                className="min-w-0 truncate font-medium after:absolute after:inset-0"
              >
                {task.definition}
              </Link>
              <span className="hidden font-mono text-xs text-muted-foreground sm:inline">{shortId(task.id)}</span>
              <span className="ml-auto shrink-0 text-xs text-muted-foreground tabular-nums">{time}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
