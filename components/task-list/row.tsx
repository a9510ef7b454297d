'use client';

import { memo } from 'react';
import type { TaskSummary } from '#lib/tasks/types';
import { shortId } from '../tasks/short-id.ts';
import { cn } from '../ui/cn.ts';
import type { Column } from './columns.tsx';

type RowProps = {
  task: TaskSummary;
  columns: Column[];
  /** Its place among all rows, the header being 1. */
  rowIndex: number;
  /** Null where nothing can be selected. */
  selected: boolean | null;
  /** With `extend` as far as this row from the one before. */
  onSelect(id: string, extend: boolean): void;
};

/** One task: a card of two lines on a phone, a row of the table from a tablet on. The whole of it is the link. */
export const Row = memo(function Row({ task, columns, rowIndex, selected, onSelect }: RowProps) {
  return (
    <li
      role="row"
      aria-rowindex={rowIndex}
      data-task-id={task.id}
      className={cn(
        rowClasses(selected !== null),
        'relative h-14 overflow-hidden border-b px-4 transition-colors last:border-b-0 hover:bg-accent/60 has-[a:focus-visible]:bg-accent lg:h-9',
        selected && 'bg-primary/6 hover:bg-primary/10 dark:bg-primary/15',
      )}
    >
      {selected === null ? null : (
        <span role="cell" className="relative z-1 -ml-2 flex">
          <label className="flex size-7 cursor-pointer items-center justify-center">
            <input
              type="checkbox"
              className="size-4 accent-primary"
              aria-label={`Select ${task.definition} ${shortId(task.id)}`}
              checked={selected}
              onClick={(event) => onSelect(task.id, event.shiftKey)}
              // The click has done it, and it alone knows of the shift key.
              onChange={() => undefined}
            />
          </label>
        </span>
      )}
      {columns.map((column) => (
        <span key={column.id} role="cell" className={cellClasses(column)}>
          {column.cell(task)}
        </span>
      ))}
    </li>
  );
});

/** The grid that the header and the rows share; its tracks are the table's `--columns`. */
export const rowClasses = (selectable: boolean): string =>
  cn(
    'grid items-center gap-x-3 md:grid-cols-(--columns)',
    selectable ? 'grid-cols-[1.5rem_auto_minmax(0,1fr)_auto]' : 'grid-cols-[auto_minmax(0,1fr)_auto]',
  );

const cellClasses = ({ id, right, phone }: Column): string =>
  cn(
    'min-w-0 truncate text-xs',
    id !== 'task' && 'text-muted-foreground',
    right && 'text-right tabular-nums',
    !phone && 'max-md:hidden',
  );
