'use client';

import { Download } from 'lucide-react';
import { filterQuery, type TaskFilter } from '../tasks/filter.ts';
import { Button } from '../ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '../ui/dropdown-menu.tsx';

function exportHref({ sort: _, ...filter }: TaskFilter, format: 'csv' | 'json'): string {
  const query = filterQuery(filter);
  query.set('format', format);
  return `/api/tasks/export?${query}`;
}

/** All tasks of the filter as a file, also those that are not loaded. */
export function ExportMenu({ filter }: { filter: TaskFilter }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button aria-label="Export">
          <Download /> <span className="max-xl:sr-only">Export</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>All tasks that match</DropdownMenuLabel>
        <DropdownMenuItem asChild>
          <a href={exportHref(filter, 'csv')} download>
            CSV, for a spreadsheet
          </a>
        </DropdownMenuItem>
        <DropdownMenuItem asChild>
          <a href={exportHref(filter, 'json')} download>
            JSON, for a program
          </a>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
