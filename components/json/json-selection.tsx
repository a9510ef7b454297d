'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { filterHref } from '../tasks/filter.ts';
import { visibleText } from '../tasks/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { pathText, searchText } from './path-text.ts';

/** What can be done with the selected part of a value. */
export function JsonSelection({ label, pointer, value }: { label: string; pointer: string; value: unknown }) {
  const path = pathText(label, pointer);
  const query = searchText(label, pointer, value);
  return (
    <div
      role="group"
      aria-label="Selected"
      className="flex flex-wrap items-center gap-x-1 gap-y-0.5 border-t bg-muted/30 px-4 py-1 text-xs"
    >
      <span className="min-w-0 flex-1 truncate font-mono text-muted-foreground" title={visibleText(path)}>
        {visibleText(path)}
      </span>
      <span className="text-muted-foreground">Path</span>
      <CopyButton text={path} label="path" />
      <span className="text-muted-foreground">Value</span>
      <CopyButton text={() => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))} label="value" />
      {query === null ? null : (
        <Button asChild variant="ghost" size="sm">
          <Link href={filterHref({ q: query })} prefetch={false}>
            <Search className="size-3.5" /> Tasks with this value
          </Link>
        </Button>
      )}
    </div>
  );
}
