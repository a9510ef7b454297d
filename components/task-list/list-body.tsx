'use client';

import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import type { Count } from '#lib/search/types';
import type { TaskSummary } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { maxPages, useTaskList } from '../api/queries.ts';
import type { TaskPage } from '../api/types.ts';
import { setAsOld } from '../live/set-as-old.ts';
import { defaultSort, type TaskFilter } from '../tasks/filter.ts';
import { NoTasks } from '../tasks/no-tasks.tsx';
import { Card } from '../ui/card.tsx';
import type { Column } from './columns.tsx';
import { ListEnd } from './list-end.tsx';
import { RowSkeletons } from './row-skeletons.tsx';
import { TaskTable } from './task-table.tsx';
import { hasSelection } from './selection.ts';
import { useLoadMore } from './use-load-more.ts';
import { useSelection } from './use-selection.ts';

const ListError = dynamic(async () => (await import('./list-error.tsx')).ListError, { ssr: false });
const SelectionBar = dynamic(async () => (await import('./selection-bar.tsx')).SelectionBar, { ssr: false });

type ListBodyProps = {
  filter: TaskFilter;
  initialPage: TaskPage | null;
  total: Count | undefined;
  columns: Column[];
  maySelect: boolean;
  onSort(sort: string): void;
  onNarrow(parts: TaskFilter): void;
  onClear(): void;
};

/** The rows of one filter, or why there are none. */
export function ListBody(props: ListBodyProps) {
  const { filter, initialPage, total, columns, maySelect, onSort, onNarrow, onClear } = props;
  const list = useTaskList(filter, initialPage ?? undefined);
  const rows = useMemo(() => rowsOf(list.data), [list.data]);
  const selecting = useSelection();
  const trim = useTrim(filter);
  const more = useLoadMore(list);

  if (list.error && !list.data)
    return <ListError error={list.error} filter={filter} onRetry={() => void list.refetch()} onClear={onClear} />;
  if (!list.data) return <RowSkeletons />;
  const waiting = list.data.pages[0]?.indexing ?? 0;
  const isFull = list.data.pages.length >= maxPages && list.data.pages.at(-1)?.nextCursor !== null;
  return (
    <>
      {list.error ? (
        <ListError error={list.error} filter={filter} onRetry={() => void list.refetch()} onClear={onClear} />
      ) : null}
      {filter.q && waiting > 0 ? (
        <p className="text-xs text-muted-foreground">
          {waiting === 1 ? 'One change is' : `${waiting} changes are`} not searchable yet; they follow in a moment.
        </p>
      ) : null}
      {rows.length === 0 && !list.hasNextPage ? (
        <Card>
          <NoTasks filter={filter} onClear={onClear} />
        </Card>
      ) : (
        <TaskTable
          rows={rows}
          columns={columns}
          sort={filter.sort ?? defaultSort}
          onSort={onSort}
          selecting={maySelect ? selecting : null}
          onNearEnd={more.load}
          onBackAtTop={trim}
        />
      )}
      <ListEnd
        more={list.hasNextPage ? { ...more, searching: rows.length === 0 } : null}
        full={isFull ? { last: rows.at(-1), sort: filter.sort ?? defaultSort, onNarrow } : null}
      />
      {maySelect && hasSelection(selecting.selection) ? (
        <SelectionBar
          filter={filter}
          rows={rows}
          selection={selecting.selection}
          total={total}
          onSelectAll={selecting.selectAll}
          onClear={selecting.clear}
        />
      ) : null}
    </>
  );
}

/** A row that moved between two pages while they were fetched stands on both: the first counts. */
function rowsOf(data: InfiniteData<TaskPage> | undefined): TaskSummary[] {
  const rows = new Map<string, TaskSummary>();
  for (const task of data?.pages.flatMap((page) => page.tasks) ?? []) {
    if (!rows.has(task.id)) rows.set(task.id, task);
  }
  return [...rows.values()];
}

/** Pages that stay when the reader is back at the top: those below are forgotten, and loaded anew when they are scrolled to. */
const keptPages = 2;

function useTrim(filter: TaskFilter): () => void {
  const queryClient = useQueryClient();
  return () => {
    const query = queryClient
      .getQueryCache()
      .find<InfiniteData<TaskPage>>({ queryKey: keys.list(filter), exact: true });
    const known = query?.state.data;
    if (!query || !known || known.pages.length <= keptPages) return;
    const kept = { pages: known.pages.slice(0, keptPages), pageParams: known.pageParams.slice(0, keptPages) };
    setAsOld(queryClient, query, kept);
  };
}
