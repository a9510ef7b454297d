import { ArrowDown, ArrowUp } from 'lucide-react';
import { cn } from '../ui/cn.ts';
import type { Column } from './columns.tsx';
import { rowClasses } from './row.tsx';

type TableHeaderProps = {
  columns: Column[];
  sort: string;
  onSort(sort: string): void;
  /** Of the loaded rows; null where nothing can be selected. */
  selected: boolean | 'some' | null;
  onSelect(): void;
};

/** The names of the columns; those that order the list are buttons. A phone's cards have no columns. */
export function TableHeader({ columns, sort, onSort, selected, onSelect }: TableHeaderProps) {
  return (
    <div
      role="rowgroup"
      className="sticky top-14 z-10 rounded-t-lg border-b bg-muted text-xs text-muted-foreground max-md:hidden"
    >
      <div role="row" aria-rowindex={1} className={cn(rowClasses(selected !== null), 'h-8 px-4')}>
        {selected === null ? null : (
          <span role="columnheader" className="-ml-2 flex">
            <label className="flex size-7 cursor-pointer items-center justify-center">
              <input
                type="checkbox"
                className="size-4 accent-primary"
                aria-label="Select all loaded tasks"
                checked={selected === true}
                ref={(box) => {
                  if (box) box.indeterminate = selected === 'some';
                }}
                onChange={onSelect}
              />
            </label>
          </span>
        )}
        {columns.map((column) => (
          <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
    </div>
  );
}

function HeaderCell({ column, sort, onSort }: { column: Column } & Pick<TableHeaderProps, 'sort' | 'onSort'>) {
  const { title, right, sorts } = column;
  const classes = cn('truncate', right && 'text-right');
  if (!sorts) {
    return (
      <span role="columnheader" className={classes}>
        {title}
      </span>
    );
  }
  const [usual, other] = sorts;
  const current = sorts.find((known) => known === sort);
  const descending = current?.startsWith('-');
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <span role="columnheader" aria-sort={ariaSort(current)} className={classes}>
      <button
        type="button"
        className="inline-flex h-6 max-w-full items-center gap-0.5 rounded-sm hover:text-foreground"
        onClick={() => onSort(sort === usual ? other : usual)}
      >
        {current ? <Arrow aria-hidden className="size-3 shrink-0" /> : null}
        <span className={cn('truncate', current && 'font-medium text-foreground')}>{title}</span>
      </button>
    </span>
  );
}

function ariaSort(current: string | undefined): 'ascending' | 'descending' | 'none' {
  if (current === undefined) return 'none';
  return current.startsWith('-') ? 'descending' : 'ascending';
}
