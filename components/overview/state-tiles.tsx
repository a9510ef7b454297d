import Link from 'next/link';
import { useId } from 'react';
import { taskStates } from '#lib/tasks/state';
import type { StateCounts } from '#lib/tasks/types';
import { filterHref } from '../tasks/filter.ts';
import { StateIcon } from '../tasks/state-badge.tsx';
import { stateMeta } from '../tasks/state-meta.ts';
import { cn } from '../ui/cn.ts';

const grouped = new Intl.NumberFormat('en');

/** How many tasks there are of each state; each number leads to them. */
export function StateTiles({ counts }: { counts: StateCounts }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <h2 id={id} className="text-xs text-muted-foreground">
        Tasks now, by state
      </h2>
      <ul
        aria-labelledby={id}
        className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-border shadow-card sm:grid-cols-5"
      >
        {taskStates.map((state) => (
          <li key={state} className="bg-card">
            <Link
              href={filterHref({ state })}
              prefetch={false}
              title={stateMeta[state].meaning}
              className="flex h-full flex-col gap-1 px-4 py-3 transition-colors hover:bg-accent/60 focus-visible:-outline-offset-2"
            >
              <span className="flex items-center gap-1.5 text-xs text-muted-foreground">
                <StateIcon state={state} className={cn('size-3.5', counts[state] === 0 && 'animate-none')} />
                <span className="first-letter:uppercase">{state}</span>
              </span>
              <span
                className={cn(
                  'text-xl font-semibold tracking-tight tabular-nums',
                  counts[state] === 0 && 'text-muted-foreground/60',
                )}
              >
                {grouped.format(counts[state])}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
