'use client';

import { ListFilter } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import type { Facets } from '#lib/search/types';
import { useFacets } from '../api/queries.ts';
import type { TaskPage } from '../api/types.ts';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { useMayAct } from '../shell/member.tsx';
import { defaultSort, filterHref, filterNames, type TaskFilter, withParts } from '../tasks/filter.ts';
import { useFilter } from '../tasks/use-filter.ts';
import { Button } from '../ui/button.tsx';
import { ExportMenu } from './export-menu.tsx';
import { FilterChips } from './filter-chips.tsx';
import { ListBody } from './list-body.tsx';
import { SearchBox } from './search-box.tsx';
import { StateFilter } from './state-filter.tsx';
import { useCause } from './use-cause.ts';
import { useColumns } from './use-columns.ts';
import { ownOperationsId, useOwnOperations } from './use-own-operations.ts';
import { ViewOptions } from './view-options.tsx';
import { ViewsMenu } from './views-menu.tsx';

const FilterPanel = dynamic(async () => (await import('./filter-panel.tsx')).FilterPanel, { ssr: false });
const OwnOperations = dynamic(async () => (await import('./own-operations.tsx')).OwnOperations, { ssr: false });

type TaskListProps = {
  initialFilter: TaskFilter;
  /** What the server rendered for that filter; null where it refused the filter, which the page then says. */
  initialPage: TaskPage | null;
  initialFacets: Facets | null;
  /** The columns that were chosen in this browser; undefined for the usual ones. */
  initialColumns: string[] | undefined;
};

/** The live list of tasks, with everything that narrows it and acts on it. */
export function TaskList({ initialFilter, initialPage, initialFacets, initialColumns }: TaskListProps) {
  const { filter, change, replace } = useFilter();
  const [filtering, setFiltering] = useState(false);
  const mayAct = useMayAct();
  const columns = useColumns(initialColumns);
  const { operations } = useOwnOperations();
  const key = filterHref(filter);
  const isInitial = useMemo(() => filterHref(initialFilter) === key, [initialFilter, key]);
  const facets = useFacets(filter, (isInitial && initialFacets) || undefined);
  const cause = useCause(filter, isInitial ? initialPage : null);
  const clear = () => replace(withParts({}, { sort: filter.sort ?? null }));
  const narrowedBy = filterNames.filter((name) => name !== 'q' && name !== 'sort' && filter[name]).length;

  return (
    <HydratedFieldset>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-start gap-2">
          <h1 className="mr-2 text-lg leading-8 font-semibold tracking-tight max-sm:sr-only">Tasks</h1>
          <SearchBox search={filter.q ?? ''} onSearch={(q, step) => change({ q }, step)} />
          <div className="flex gap-2">
            <Button onClick={() => setFiltering(true)} aria-haspopup="dialog">
              <ListFilter /> Filters{narrowedBy > 0 ? ` (${narrowedBy})` : ''}
            </Button>
            <ViewsMenu filter={filter} onOpen={replace} />
            <ViewOptions shown={columns.shown.map(({ id }) => id)} onToggle={columns.toggle} />
            <ExportMenu filter={filter} />
          </div>
        </div>
        <StateFilter filter={filter} facets={facets.data} onChange={(state) => change({ state })} />
        <FilterChips filter={filter} cause={cause} onChange={replace} />
        {operations.length > 0 ? (
          // The focus comes here from the dialog that began one: what was pressed has gone with the selection.
          <section id={ownOperationsId} aria-label="What you began" tabIndex={-1} className="rounded-xl">
            <OwnOperations operations={operations} />
          </section>
        ) : null}
        <ListBody
          // Another filter is another list: nothing is selected, held or scrolled there.
          key={key}
          filter={filter}
          initialPage={isInitial ? initialPage : null}
          total={facets.isPlaceholderData ? undefined : facets.data?.total}
          columns={columns.shown}
          maySelect={mayAct}
          onSort={(sort) => change({ sort: sort === defaultSort ? null : sort })}
          onNarrow={change}
          onClear={clear}
        />
        {filtering ? (
          <FilterPanel filter={filter} facets={facets.data} onChange={replace} onClose={() => setFiltering(false)} />
        ) : null}
      </div>
    </HydratedFieldset>
  );
}
