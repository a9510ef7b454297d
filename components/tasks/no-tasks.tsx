'use client';

import { Inbox, SearchX, TextSearch } from 'lucide-react';
import Link from 'next/link';
import { useMayAct } from '../shell/member.tsx';
import { isNarrowed, type TaskFilter, valuesOf } from './filter.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

type NoTasksProps = { filter: TaskFilter; onClear?(): void };

/** The list has no rows: nothing matches, or nothing was ever submitted. */
export function NoTasks({ filter, onClear }: NoTasksProps) {
  if (!isNarrowed(filter)) return <NothingYet />;
  const states = valuesOf(filter, 'state');
  const onlyState = states.length === 1 && !isNarrowed({ ...filter, state: null });
  return (
    <EmptyState
      icon={filter.q ? TextSearch : SearchX}
      title={onlyState ? `No ${states[0]} tasks` : 'No tasks match'}
      action={<Button onClick={onClear}>{onlyState ? 'Show all tasks' : 'Clear filters'}</Button>}
    >
      {hintFor(filter, onlyState)}
    </EmptyState>
  );
}

function hintFor(filter: TaskFilter, onlyState: boolean): string {
  if (onlyState) return 'New ones appear here by themselves.';
  if (filter.q) return 'All words must be found in one task, and whole: add * for the beginning of one, as in print*.';
  return 'Nothing fits all of these filters right now. Take one away.';
}

function NothingYet() {
  const mayAct = useMayAct();
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
