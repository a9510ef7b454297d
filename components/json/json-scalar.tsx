'use client';

import { useState } from 'react';
import { visibleText } from '../tasks/visible-text.ts';

const foldAt = 1_000;

/** A string, number, boolean or null. A long string is folded: a megabyte of text would freeze the page. */
export function JsonScalar({ value }: { value: unknown }) {
  const [open, setOpen] = useState(false);
  if (typeof value !== 'string') return <span className={classOf(value)}>{JSON.stringify(value) ?? 'nothing'}</span>;
  const folded = !open && value.length > foldAt;
  return (
    <span className="break-words whitespace-pre-wrap text-ok">
      "{visibleText(folded ? value.slice(0, foldAt) : value)}
      {folded ? (
        <button type="button" className="text-primary hover:underline dark:text-ring" onClick={() => setOpen(true)}>
          … {value.length - foldAt} more characters
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
