'use client';

import { useState } from 'react';
import { visibleText } from '../tasks/visible-text.ts';
import { Marked } from '../ui/marked.tsx';
import { useJson } from './json-context.tsx';

const foldAt = 1_000;
/** Laying out a megabyte at once would freeze the page. */
const unfoldBy = 20_000;

/** A string, number, boolean or null. A long string is folded, and unfolded piece by piece. */
export function JsonScalar({ value }: { value: unknown }) {
  const { query } = useJson();
  const [asked, setAsked] = useState(foldAt);
  if (typeof value !== 'string')
    return (
      <span className={classOf(value)}>
        <Marked text={JSON.stringify(value) ?? 'nothing'} query={query} />
      </span>
    );
  const found = query === '' || value.length <= asked ? -1 : value.toLowerCase().indexOf(query.toLowerCase());
  // A match behind the fold is shown with what stands before it, as far as that is little.
  const shown = found >= asked && found < unfoldBy ? found + foldAt : asked;
  const rest = value.length - shown;
  return (
    <span className="break-words whitespace-pre-wrap text-ok">
      "<Marked text={visibleText(rest > 0 ? value.slice(0, shown) : value)} query={query} />
      {rest > 0 ? (
        <button
          type="button"
          className="text-primary hover:underline dark:text-ring"
          onClick={() => setAsked(shown + unfoldBy)}
        >
          … {rest} more characters
        </button>
      ) : (
        '"'
      )}
    </span>
  );
}

function classOf(value: unknown): string {
  if (typeof value === 'number') return 'text-info tabular-nums';
  return typeof value === 'boolean' ? 'text-warn' : 'text-muted-foreground';
}
