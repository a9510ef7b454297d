'use client';

import Link from 'next/link';
import type { Count, Facets } from '#lib/search/types';
import { type TaskState, taskStates } from '#lib/tasks/state';
import { filterHref, type TaskFilter, valuesOf, withParts } from '../tasks/filter.ts';
import { StateIcon } from '../tasks/state-badge.tsx';
import { cn } from '../ui/cn.ts';
import { CountText, sumOf } from './count-text.tsx';

type StateFilterProps = { filter: TaskFilter; facets: Facets | undefined; onChange(state: TaskState | null): void };

/** States that most lists never see: offered once there is a task in them. */
const rare = new Set<TaskState>(['blocked', 'paused', 'abandoned']);

/** How many of the tasks stand in each state, and the choice of one. */
export function StateFilter({ filter, facets, onChange }: StateFilterProps) {
  const counts = new Map(facets?.facets.state.map((facet) => [facet.value, facet]));
  const chosen = valuesOf(filter, 'state');
  const offered = taskStates.filter(
    (state) => !rare.has(state) || (counts.get(state)?.count ?? 0) > 0 || chosen.includes(state),
  );
  return (
    <nav
      aria-label="Filter by state"
      // Where they run off, they fade out at the edge.
      className="-mx-4 overflow-x-auto py-0.5 pr-8 pl-4 lg:pr-6 [scrollbar-width:none] sm:-mx-6 sm:pl-6 max-lg:[mask-image:linear-gradient(to_left,transparent,black_2rem)]"
    >
      <ul className="flex w-max gap-1 lg:w-auto lg:flex-wrap">
        <StateLink
          filter={filter}
          state={null}
          current={chosen.length === 0}
          count={facets && sumOf(facets.facets.state)}
          onChange={onChange}
        />
        {offered.map((state) => (
          <StateLink
            key={state}
            filter={filter}
            state={state}
            current={chosen.includes(state)}
            count={facets && (counts.get(state) ?? { count: 0, more: false })}
            onChange={onChange}
          />
        ))}
      </ul>
    </nav>
  );
}

type StateLinkProps = {
  filter: TaskFilter;
  state: TaskState | null;
  current: boolean;
  count: Count | undefined;
  onChange(state: TaskState | null): void;
};

function StateLink({ filter, state, current, count, onChange }: StateLinkProps) {
  return (
    <li>
      <Link
        href={filterHref(withParts(filter, { state }))}
        prefetch={false}
        onNavigate={(event) => {
          event.preventDefault();
          onChange(state);
        }}
        aria-current={current ? 'true' : undefined}
        className={cn(
          'inline-flex h-7 items-center gap-1.5 rounded-md border border-transparent px-1.5 text-xs text-muted-foreground transition-colors hover:bg-accent hover:text-foreground xl:px-2',
          current && 'border-border bg-card font-medium text-foreground shadow-card hover:bg-card',
        )}
      >
        {state ? <StateIcon state={state} className="size-3.5 animate-none" /> : null}
        <span className="first-letter:uppercase">{state ?? 'all'}</span>
        {count ? <CountText count={count} /> : null}
      </Link>
    </li>
  );
}
