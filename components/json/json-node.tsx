'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { childPointer } from '../forms/pointer.ts';
import { cn } from '../ui/cn.ts';
import { countOf, firstEntries, isContainer, type JsonContainer, sizeText } from './entries.ts';
import { useJson } from './json-context.tsx';
import { JsonName, useScrolledTo } from './json-name.tsx';
import { JsonScalar } from './json-scalar.tsx';
import { chunk } from './open-nodes.ts';

type JsonNodeProps = {
  value: JsonContainer;
  pointer: string;
  /** As it stands in an object, or its place in a list; the whole has none. */
  name: string | null;
};

/** A list or an object; what is in it is drawn while it is open. */
export function JsonNode({ value, pointer, name }: JsonNodeProps) {
  const json = useJson();
  const [pressed, setPressed] = useState<{ open: boolean; move: number } | null>(null);
  const [asked, setAsked] = useState(chunk);
  const row = useScrolledTo<HTMLButtonElement>(json.current === pointer);
  const wanted = json.revealed.get(pointer);
  // What was pressed counts until the search leads in here.
  const bySearch = wanted !== undefined && pressed?.move !== json.move;
  const open = bySearch || (pressed?.open ?? json.openAtFirst.has(pointer));
  const count = countOf(value);
  const shown = Math.max(asked, wanted === undefined ? 0 : Math.ceil((wanted + 1) / chunk) * chunk);
  const [start, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];

  if (count === 0) {
    return (
      <div className="pl-4">
        <JsonName name={name} pointer={pointer} value={value} />
        {start}
        {end}
      </div>
    );
  }
  const toggle = () => {
    setPressed({ open: !open, move: json.move });
    json.select(pointer, value);
  };
  return (
    <div>
      <button
        ref={row}
        type="button"
        aria-expanded={open}
        onClick={toggle}
        className={cn(
          '-ml-0.5 flex max-w-full items-center rounded-sm text-left hover:bg-accent',
          json.selected === pointer && 'bg-accent',
        )}
      >
        <ChevronRight
          aria-hidden
          className={cn('mr-0.5 size-3.5 shrink-0 text-muted-foreground transition-transform', open && 'rotate-90')}
        />
        <span className="truncate">
          <JsonName name={name} pointer={pointer} value={value} plain />
          {start}
          {open ? '' : ` … ${end}`}
        </span>
        {open ? null : <span className="ml-2 shrink-0 text-muted-foreground">{sizeText(value)}</span>}
      </button>
      {open ? (
        <>
          <div className="ml-[0.4rem] border-l pl-2.5">
            {firstEntries(value, shown).map(([key, item]) => (
              <JsonEntry key={key} name={key} pointer={childPointer(pointer, key)} value={item} />
            ))}
            {count > shown ? (
              <button
                type="button"
                className="ml-4 text-primary hover:underline dark:text-ring"
                onClick={() => setAsked(shown + chunk)}
              >
                {count - shown} more
              </button>
            ) : null}
          </div>
          <div className="pl-4">{end}</div>
        </>
      ) : null}
    </div>
  );
}

function JsonEntry({ name, pointer, value }: { name: string; pointer: string; value: unknown }) {
  if (isContainer(value)) return <JsonNode value={value} pointer={pointer} name={name} />;
  return (
    <div className="pl-4 break-words">
      <JsonName name={name} pointer={pointer} value={value} />
      <JsonScalar value={value} />
    </div>
  );
}
