'use client';

import { type TaskState, taskStates } from '#lib/tasks/state';
import type { StateCounts } from '#lib/tasks/types';
import Link from 'next/link';
import { cn } from '../ui/cn.ts';
import { filterHref, type TaskFilter } from './filter.ts';
import { StateIcon } from './state-badge.tsx';

type StateFilterProps = { filter: TaskFilter; counts: StateCounts; onChange(state: TaskState | null): void };

const total = (counts: StateCounts): number => taskStates.reduce((sum, state) => sum + counts[state], 0);

/** States that most lists never see: offered once there is a task in them. */
const rare = new Set<TaskState>(['blocked', 'paused', 'abandoned']);

/** How many tasks stand in each state, and the choice of one. */
export function StateFilter({ filter, counts, onChange }: StateFilterProps) {
  return (
    <nav
      aria-label="Filter by state"
      className="-mx-4 overflow-x-auto px-4 py-0.5 [scrollbar-width:none] sm:-mx-6 sm:px-6"
    >
      <ul className="flex w-max gap-1 lg:w-auto lg:flex-wrap">
        {[null, ...taskStates.filter((state) => !rare.has(state) || counts[state] > 0 || filter.state === state)].map(
          (state) => (
            <li key={state ?? 'all'}>
              <Link
                href={filterHref({ ...filter, state })}
                prefetch={false}
                onNavigate={(event) => {
                  event.preventDefault();
                  onChange(state);
                }}
                aria-current={filter.state === state ? 'true' : undefined}
                className={cn(
                  'inline-flex h-7 items-center gap-1.5 rounded-md border border-transparent px-1.5 text-xs xl:px-2 text-muted-foreground transition-colors hover:bg-accent hover:text-foreground',
                  filter.state === state &&
                    'border-border bg-card font-medium text-foreground shadow-card hover:bg-card',
                )}
              >
                {state ? <StateIcon state={state} className="size-3.5 animate-none" /> : null}
                <span className="first-letter:uppercase">{state ?? 'all'}</span>
                <Count value={state ? counts[state] : total(counts)} />
              </Link>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

function Count({ value }: { value: number }) {
  return (
    <span
      className={cn('tabular-nums', value === 0 && 'opacity-50')}
      title={value >= 1_000 ? String(value) : undefined}
    >
      {value < 10_000 ? value : compact.format(value)}
    </span>
  );
}
