'use client';

import { ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import type { DefinitionInfo, StateCounts, TaskSummary } from '#lib/tasks/types';
import { useCounts, useTaskList } from '../api/queries.ts';
import { describeError } from '../api/problem.ts';
import type { TaskPage } from '../api/types.ts';
import { useShortcuts } from '../shell/use-shortcuts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Notice } from '../ui/notice.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { TaskFilter } from './filter.ts';
import { NoTasks } from './no-tasks.tsx';
import { StateFilter } from './state-filter.tsx';
import { TaskFilters } from './task-filters.tsx';
import { TaskListHeader } from './task-list-header.tsx';
import { TaskRow } from './task-row.tsx';
import { useFilter } from './use-filter.ts';
import { useHeldRows } from './use-held-rows.ts';
import { useRowKeys } from './use-row-keys.ts';

type TaskListProps = {
  initialFilter: TaskFilter;
  initialPage: TaskPage;
  initialCounts: StateCounts;
  definitions: DefinitionInfo[];
  queues: string[];
};

const sameFilter = (a: TaskFilter, b: TaskFilter): boolean =>
  a.state === b.state && a.definition === b.definition && a.queue === b.queue;

/** The live list of tasks with its filters. */
export function TaskList({ initialFilter, initialPage, initialCounts, definitions, queues }: TaskListProps) {
  const { filter, change } = useFilter();
  const list = useTaskList(filter, sameFilter(filter, initialFilter) ? initialPage : undefined);
  const counts = useCounts(initialCounts);
  const typeFilter = useRef<HTMLSelectElement>(null);
  useShortcuts({ '/': () => typeFilter.current?.focus() });

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-lg font-semibold tracking-tight">Tasks</h1>
        <TaskFilters ref={typeFilter} filter={filter} definitions={definitions} queues={queues} onChange={change} />
      </div>
      <StateFilter filter={filter} counts={counts.data} onChange={(state) => change({ state })} />
      {list.error ? (
        <Notice tone="error" title={`The list could not be updated. ${describeError(list.error).title}`}>
          <Button size="sm" className="mt-1.5" onClick={() => void list.refetch()}>
            Try again
          </Button>
        </Notice>
      ) : null}
      {list.data ? (
        <Rows
          key={`${filter.state}|${filter.definition}|${filter.queue}`}
          rows={list.data.pages.flatMap((page) => page.tasks)}
          filter={filter}
          more={list.hasNextPage ? { load: () => void list.fetchNextPage(), loading: list.isFetchingNextPage } : null}
        />
      ) : (
        <RowSkeletons failed={list.isError} />
      )}
    </div>
  );
}

type RowsProps = { rows: TaskSummary[]; filter: TaskFilter; more: { load(): void; loading: boolean } | null };

function Rows({ rows, filter, more }: RowsProps) {
  const container = useRef<HTMLDivElement>(null);
  const { shown, held, release, hoverProps } = useHeldRows(rows);
  useRowKeys(container);

  if (rows.length === 0) {
    return (
      <Card>
        <NoTasks filter={filter} />
      </Card>
    );
  }
  return (
    <div ref={container} className="flex flex-col gap-3" {...hoverProps}>
      <Card className="relative">
        <TaskListHeader />
        {held > 0 ? (
          <div className="sticky top-14 z-10 flex h-0 justify-center">
            <Button
              variant="primary"
              size="sm"
              className="mt-2 rounded-full shadow-float"
              onClick={() => {
                release();
                window.scrollTo({ top: 0, behavior: 'smooth' });
              }}
            >
              <ArrowUp className="size-3.5" /> {held} new
            </Button>
          </div>
        ) : null}
        <ol aria-label="Tasks, newest first" className="divide-y">
          {shown.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
        </ol>
      </Card>
      {more ? (
        <Button className="self-center" disabled={more.loading} onClick={more.load}>
          {more.loading ? 'Loading …' : 'Load more'}
        </Button>
      ) : null}
    </div>
  );
}

function RowSkeletons({ failed }: { failed: boolean }) {
  if (failed) return null;
  return (
    <Card className="divide-y" aria-busy aria-label="Loading tasks">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="flex items-center gap-4 px-4 py-3">
          <Skeleton className="h-3.5 w-20" />
          <Skeleton className="h-3.5 flex-1" />
          <Skeleton className="h-3.5 w-16" />
        </div>
      ))}
    </Card>
  );
}
