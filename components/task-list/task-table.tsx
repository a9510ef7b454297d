'use client';

import {
  type CSSProperties,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { Card } from '../ui/card.tsx';
import { type Column, tracksOf } from './columns.tsx';
import { NewRowsButton } from './new-rows-button.tsx';
import type { Range } from './row-range.tsx';
import { Row } from './row.tsx';
import { hasSelection, isSelected, type Selection } from './selection.ts';
import { TableHeader } from './table-header.tsx';
import { useHeldRows } from './use-held-rows.ts';
import { useListKeys } from './use-list-keys.ts';
import { useTrueRows } from './use-true-rows.ts';

const RowRange = lazy(async () => ({ default: (await import('./row-range.tsx')).RowRange }));

type TaskTableProps = {
  rows: TaskSummary[];
  columns: Column[];
  sort: string;
  onSort(sort: string): void;
  /** Null for those who may only read. */
  selecting: {
    selection: Selection;
    toggle(id: string, order: string[], extend: boolean): void;
    toggleLoaded(order: string[]): void;
    clear(): void;
  } | null;
  /** Called when the last rows come near, and when the reader is back at the top. */
  onNearEnd(): void;
  onBackAtTop(): void;
};

/** So many rows are drawn as they are; of a longer list those in the window. */
const drawnAtOnce = 60;
/** Rows before the end at which the next are asked for. */
const nearEnd = 20;
/** Until the first row is there to be measured. */
const usualRowHeight = 36;

/** The live table of tasks: real rows and columns for every reader, of which only those in the window are drawn. */
export function TaskTable({ rows, columns, sort, onSort, selecting, onNearEnd, onBackAtTop }: TaskTableProps) {
  const [list, setList] = useState<HTMLOListElement | null>(null);
  const [range, setRange] = useState<Range>({ start: 0, end: drawnAtOnce });
  const held = useHeldRows(rows);
  const shown = useTrueRows(held.shown, range.start, held.lost > 0);
  const order = useMemo(() => shown.map((row) => row.id), [shown]);
  const rowHeight = useRowHeight(list);
  const toggle = selecting?.toggle;
  const onSelect = useStable((id: string, extend: boolean) => toggle?.(id, order, extend));
  useListKeys({
    list,
    order,
    rowHeight,
    onSelect: selecting ? onSelect : null,
    onClear: selecting && hasSelection(selecting.selection) ? selecting.clear : null,
  });

  const windowed = shown.length > drawnAtOnce;
  const start = windowed ? Math.min(range.start, shown.length) : 0;
  const end = windowed ? Math.min(range.end, shown.length) : shown.length;
  const isAtTop = start === 0;
  const isNearEnd = windowed && !isAtTop && end > shown.length - nearEnd && held.lost < shown.length;
  // It changes with each page that comes: the next one is asked for as long as the end is near.
  const knownEnd = isNearEnd ? shown.length : null;
  const onEnd = useEffectEvent(onNearEnd);
  const onTop = useEffectEvent(onBackAtTop);
  useEffect(() => {
    if (knownEnd !== null) onEnd();
  }, [knownEnd]);
  useEffect(() => {
    if (isAtTop) onTop();
  }, [isAtTop]);

  return (
    <Card className="relative" {...held.hoverProps}>
      <NewRowsButton count={held.held} onShow={held.release} />
      <div
        role="table"
        aria-label="Tasks"
        aria-rowcount={-1}
        aria-colcount={columns.length + (selecting ? 1 : 0)}
        style={{ '--columns': tracksOf(columns, selecting !== null) } as CSSProperties}
      >
        <TableHeader
          columns={columns}
          sort={sort}
          onSort={onSort}
          selected={selecting ? selectedOf(order, selecting.selection) : null}
          onSelect={() => selecting?.toggleLoaded(order)}
        />
        <ol
          ref={setList}
          role="rowgroup"
          style={{ paddingTop: start * rowHeight, paddingBottom: (shown.length - end) * rowHeight }}
        >
          {shown.slice(start, end).map((task, at) => (
            <Row
              key={task.id}
              task={task}
              columns={columns}
              rowIndex={start + at + 2}
              selected={selecting ? isSelected(selecting.selection, task.id) : null}
              onSelect={onSelect}
            />
          ))}
        </ol>
      </div>
      {windowed && list ? (
        <Suspense>
          <RowRange list={list} count={shown.length} rowHeight={rowHeight} onChange={setRange} />
        </Suspense>
      ) : null}
    </Card>
  );
}

/** 'some' when a part of the loaded rows is selected. */
function selectedOf(order: string[], selection: Selection): boolean | 'some' {
  const count = order.filter((id) => isSelected(selection, id)).length;
  if (count === 0) return false;
  return count === order.length || 'some';
}

/** Rows are of one height, which the density, the width and the reader's text size decide. */
function useRowHeight(list: HTMLElement | null): number {
  const [height, setHeight] = useState(usualRowHeight);
  useLayoutEffect(() => {
    if (!list) return undefined;
    const measure = () => {
      const row = list.querySelector('[role="row"]')?.getBoundingClientRect();
      // Without layout there is nothing to learn.
      if (row && row.height > 0) setHeight(row.height);
    };
    measure();
    // The list's own height follows that of its rows.
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    return () => observer.disconnect();
  }, [list]);
  return height;
}

/** The same function through all renderings, which calls the newest. Not for use while rendering. */
function useStable<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  const newest = useRef(work);
  useLayoutEffect(() => {
    newest.current = work;
  });
  return useCallback((...args: Args) => newest.current(...args), []);
}
