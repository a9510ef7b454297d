'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { visibleText } from '../tasks/visible-text.ts';
import { cn } from '../ui/cn.ts';
import { entriesOf, isContainer, type JsonContainer, sizeText } from './entries.ts';
import { JsonScalar } from './json-scalar.tsx';

/** Deeper values start collapsed: however deep the value, only what is open is drawn. */
const openDepth = 3;
const chunk = 100;

export function JsonNode({ value, depth, name }: { value: JsonContainer; depth: number; name?: string }) {
  const entries = entriesOf(value);
  const [open, setOpen] = useState(depth < openDepth && entries.length <= chunk);
  const [shown, setShown] = useState(chunk);
  const [start, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const label = name === undefined ? null : <span>{visibleText(name)}: </span>;

  if (entries.length === 0) {
    return (
      <div className="pl-4">
        {label}
        {start}
        {end}
      </div>
    );
  }
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen((was) => !was)}
        className="-ml-0.5 flex max-w-full items-center rounded-sm text-left hover:bg-accent"
      >
        <ChevronRight
          aria-hidden
          className={cn('mr-0.5 size-3.5 shrink-0 text-muted-foreground transition-transform', open && 'rotate-90')}
        />
        <span className="truncate">
          {label}
          {start}
          {open ? '' : ` … ${end}`}
        </span>
        {open ? null : <span className="ml-2 shrink-0 text-muted-foreground">{sizeText(value)}</span>}
      </button>
      {open ? (
        <>
          <div className="ml-[0.4rem] border-l pl-2.5">
            {entries.slice(0, shown).map(([key, item]) => (
              <JsonEntry key={key} name={Array.isArray(value) ? undefined : key} value={item} depth={depth + 1} />
            ))}
            {entries.length > shown ? (
              <button
                type="button"
                className="ml-4 text-primary hover:underline dark:text-ring"
                onClick={() => setShown((count) => count + chunk)}
              >
                {entries.length - shown} more
              </button>
            ) : null}
          </div>
          <div className="pl-4">{end}</div>
        </>
      ) : null}
    </div>
  );
}

function JsonEntry({ name, value, depth }: { name: string | undefined; value: unknown; depth: number }) {
  if (isContainer(value)) return <JsonNode value={value} depth={depth} {...(name === undefined ? {} : { name })} />;
  return (
    <div className="pl-4 break-words">
      {name === undefined ? null : <span>{visibleText(name)}: </span>}
      <JsonScalar value={value} />
    </div>
  );
}
