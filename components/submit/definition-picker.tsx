'use client';

import { PackageOpen, Search } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import type { DefinitionInfo } from '#lib/tasks/types';
import { useRowKeys } from '../tasks/use-row-keys.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Input } from '../ui/input.tsx';

const searchFrom = 7;

/** Which type of task to submit. */
export function DefinitionPicker({ definitions }: { definitions: DefinitionInfo[] }) {
  const [text, setText] = useState('');
  const list = useRef<HTMLUListElement>(null);
  useRowKeys(list);
  const wanted = text.trim().toLowerCase();
  const shown = definitions.filter(({ name, title, description }) =>
    `${name} ${title} ${description}`.toLowerCase().includes(wanted),
  );

  if (definitions.length === 0) {
    return (
      <Card>
        <EmptyState icon={PackageOpen} title="No task types yet">
          A worker registers its task types when it starts. Start one, and they appear here.
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {definitions.length >= searchFrom ? (
        <div className="relative max-w-sm">
          <Search aria-hidden className="absolute top-2 left-2.5 size-4 text-muted-foreground" />
          <Input
            type="search"
            aria-label="Search task types"
            placeholder="Search task types"
            className="pl-8"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      ) : null}
      <ul ref={list} className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {shown.map((definition) => (
          <li key={definition.name}>
            <Link
              href={`/tasks/new?definition=${encodeURIComponent(definition.name)}`}
              data-task-row
              className="flex h-full flex-col gap-1 rounded-lg border bg-card px-4 py-3 shadow-card transition-colors hover:border-input hover:bg-accent/50"
            >
              <span className="flex items-baseline justify-between gap-2">
                <span className="truncate text-[13px] font-semibold">{definition.title}</span>
                <span className="shrink-0 text-xs text-muted-foreground">{definition.queue}</span>
              </span>
              <span className="font-mono text-xs text-muted-foreground">{definition.name}</span>
              {definition.description ? (
                <span className="line-clamp-6 text-[13px] text-pretty text-muted-foreground">
                  {definition.description}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p className="text-[13px] text-muted-foreground">No task type matches “{text}”.</p> : null}
    </div>
  );
}
