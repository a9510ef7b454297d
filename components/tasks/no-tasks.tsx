'use client';

import { Inbox, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useMayAct } from '../shell/member.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { TaskFilter } from './filter.ts';
import { stateMeta } from './state-meta.ts';

/** The list has no rows: nothing matches, or nothing was ever submitted. */
export function NoTasks({ filter }: { filter: TaskFilter }) {
  const mayAct = useMayAct();
  const filtered = filter.state !== null || filter.definition !== null || filter.queue !== null;
  if (!filtered) {
    return (
      <EmptyState
        icon={Inbox}
        title="Submit your first task"
        action={
          mayAct ? (
            <Button asChild variant="primary">
              <Link href="/tasks/new">New task</Link>
            </Button>
          ) : null
        }
      >
        Tasks appear here the moment they are submitted, and move by themselves.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={filter.state ? stateMeta[filter.state].icon : SearchX}
      title={filter.state ? `No ${filter.state} tasks` : 'No tasks match'}
      action={
        <Button asChild>
          <Link href="/tasks">Show all tasks</Link>
        </Button>
      }
    >
      {filter.definition || filter.queue
        ? 'Nothing matches these filters right now.'
        : 'New ones appear here by themselves.'}
    </EmptyState>
  );
}
