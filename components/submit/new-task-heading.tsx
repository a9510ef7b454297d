import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { DefinitionInfo } from '#lib/tasks/types';

/** Where the reader is, and what the chosen type does. */
export function NewTaskHeading({ definition }: { definition: DefinitionInfo | undefined }) {
  return (
    <div className="flex flex-col gap-2">
      <nav aria-label="Breadcrumb" className="flex items-center gap-1 text-xs text-muted-foreground">
        <Link href="/tasks" className="hover:text-foreground">
          Tasks
        </Link>
        <ChevronRight aria-hidden className="size-3" />
        {definition ? (
          <Link href="/tasks/new" className="hover:text-foreground">
            New task
          </Link>
        ) : (
          <span>New task</span>
        )}
      </nav>
      <div>
        <h1 className="text-lg font-semibold tracking-tight">{definition ? definition.title : 'What shall run?'}</h1>
        {definition ? (
          <p className="max-w-2xl text-[13px] text-pretty text-muted-foreground">
            <span className="font-mono text-xs">{definition.name}</span>
            {definition.description ? ` · ${definition.description}` : ''}
          </p>
        ) : null}
      </div>
    </div>
  );
}
