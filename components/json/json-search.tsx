'use client';

import { ChevronDown, ChevronUp, Search } from 'lucide-react';
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { findInJson, type JsonMatch } from './find.ts';

type JsonSearchProps = {
  value: unknown;
  label: string;
  /** The text that is searched for, and the match at which the search stands. */
  onMove(query: string, current: JsonMatch | null): void;
};

/** Searches within a value; Enter goes to the next match, Shift and Enter back. */
export function JsonSearch({ value, label, onMove }: JsonSearchProps) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const query = useDeferredValue(text);
  const { matches, more } = useMemo(() => findInJson(value, query), [value, query]);
  const current = matches[at] ?? null;
  const tell = useEffectEvent((text: string, match: JsonMatch | null) => onMove(text, match));
  useEffect(() => tell(query, current), [query, current]);

  const none = matches.length === 0;
  const move = (by: 1 | -1) => setAt((index) => (index + by + matches.length) % Math.max(1, matches.length));
  return (
    <div
      role="search"
      aria-label={`Search in the ${label}`}
      className="flex min-w-0 items-center gap-1 py-1 pr-20 pl-4"
    >
      <div className="relative min-w-0 flex-1 sm:max-w-56">
        <Search aria-hidden className="absolute top-1.5 left-2 size-3.5 text-muted-foreground" />
        <Input
          autoFocus
          type="search"
          aria-label={`Search in the ${label}`}
          placeholder="Search"
          className="h-7 pl-7 text-xs"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            move(event.shiftKey ? -1 : 1);
          }}
        />
      </div>
      {query === '' ? null : (
        <>
          <span role="status" className="shrink-0 px-1 text-xs text-muted-foreground tabular-nums">
            {none ? 'Not found' : `${at + 1} of ${matches.length}${more ? '+' : ''}`}
          </span>
          <Button variant="ghost" size="icon-sm" aria-label="Previous match" disabled={none} onClick={() => move(-1)}>
            <ChevronUp />
          </Button>
          <Button variant="ghost" size="icon-sm" aria-label="Next match" disabled={none} onClick={() => move(1)}>
            <ChevronDown />
          </Button>
        </>
      )}
    </div>
  );
}
