'use client';

import { useQuery } from '@tanstack/react-query';
import type { SavedView } from '#lib/views/types';
import { keys } from '../api/keys.ts';
import { describeError } from '../api/problem.ts';
import { filterQuery, isNarrowed, parseFilter, type TaskFilter } from '../tasks/filter.ts';
import { DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator } from '../ui/dropdown-menu.tsx';
import { fetchViews } from './calls.ts';

type ViewsMenuItemsProps = {
  filter: TaskFilter;
  onOpen(filter: TaskFilter): void;
  onSave(): void;
  onManage(): void;
};

/** What the menu holds. It is loaded with the views, when the menu is opened first. */
export function ViewsMenuItems({ filter, onOpen, onSave, onManage }: ViewsMenuItemsProps) {
  const views = useQuery({ queryKey: keys.views(), queryFn: ({ signal }) => fetchViews(signal) });
  const own = views.data?.filter((view) => view.own) ?? [];
  const shared = views.data?.filter((view) => !view.own) ?? [];
  const here = filterQuery(filter).toString();
  return (
    <>
      <ViewGroup title="Your views" views={own} here={here} onOpen={onOpen} />
      <ViewGroup title="Shared with you" views={shared} here={here} onOpen={onOpen} />
      {views.error ? <DropdownMenuLabel>{describeError(views.error).title}</DropdownMenuLabel> : null}
      {views.data?.length === 0 ? (
        <DropdownMenuLabel className="text-pretty">
          No views yet. Narrow the list, then save it here under a name.
        </DropdownMenuLabel>
      ) : null}
      <DropdownMenuSeparator />
      <DropdownMenuItem disabled={!isNarrowed(filter) && !filter.sort} onSelect={onSave}>
        Save this view …
      </DropdownMenuItem>
      {own.length > 0 ? <DropdownMenuItem onSelect={onManage}>Rename or delete …</DropdownMenuItem> : null}
    </>
  );
}

type ViewGroupProps = { title: string; views: SavedView[]; here: string; onOpen(filter: TaskFilter): void };

function ViewGroup({ title, views, here, onOpen }: ViewGroupProps) {
  if (views.length === 0) return null;
  return (
    <>
      <DropdownMenuLabel>{title}</DropdownMenuLabel>
      {views.map((view) => {
        const filter = parseFilter(new URLSearchParams(view.query));
        return (
          <DropdownMenuItem
            key={view.id}
            aria-current={filterQuery(filter).toString() === here ? 'true' : undefined}
            className="aria-[current]:font-medium"
            onSelect={() => onOpen(filter)}
          >
            <span className="truncate">{view.name}</span>
            {view.own && view.shared ? <span className="ml-auto text-xs text-muted-foreground">shared</span> : null}
          </DropdownMenuItem>
        );
      })}
    </>
  );
}
