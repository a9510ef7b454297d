import Link from 'next/link';
import { taskStates } from '#lib/tasks/state';
import type { StateCounts } from '#lib/tasks/types';
import { filterHref } from '../tasks/filter.ts';
import { StateIcon } from '../tasks/state-badge.tsx';
import { stateMeta } from '../tasks/state-meta.ts';
import { cn } from '../ui/cn.ts';

const grouped = new Intl.NumberFormat('en');

/** One number a state; each leads to its tasks. */
export function StateTiles({ counts }: { counts: StateCounts }) {
  return (
    <ul
      aria-label="Tasks by state"
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
  );
}
