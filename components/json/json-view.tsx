'use client';

import { Search } from 'lucide-react';
import { lazy, Suspense, useMemo, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { countOf, entriesOf, isContainer } from './entries.ts';
import type { JsonMatch } from './find.ts';
import { JsonContext } from './json-context.tsx';
import { JsonNode } from './json-node.tsx';
import { JsonScalar } from './json-scalar.tsx';
import { openAtFirst } from './open-nodes.ts';

// A value is read at once; it is searched and taken from only sometimes.
const JsonSearch = lazy(async () => ({ default: (await import('./json-search.tsx')).JsonSearch }));
const JsonSelection = lazy(async () => ({ default: (await import('./json-selection.tsx')).JsonSelection }));

type Found = { query: string; match: JsonMatch | null; move: number };

const nothingFound: Found = { query: '', match: null, move: 0 };

/** A value with fewer rows is seen at a glance. */
const searchFrom = 12;

/**
 * A JSON value to read: text only, collapsible, searchable, whatever its size; of what is selected path and value are copied.
 *
 * @param label names it, and begins its paths: `payload`.
 */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const [searching, setSearching] = useState(false);
  const [found, setFound] = useState(nothingFound);
  const [selected, setSelected] = useState<{ pointer: string; value: unknown } | null>(null);
  const first = useMemo(() => openAtFirst(value), [value]);
  const context = useMemo(
    () => ({
      openAtFirst: first,
      revealed: new Map(found.match?.inside.map(({ pointer, index }) => [pointer, index])),
      move: found.move,
      current: found.match?.pointer ?? null,
      query: found.query,
      selected: selected?.pointer ?? null,
      select: (pointer: string, picked: unknown) => setSelected({ pointer, value: picked }),
    }),
    [first, found, selected],
  );
  const toggleSearch = () => {
    setSearching((on) => !on);
    setFound(nothingFound);
  };

  return (
    <JsonContext value={context}>
      <div className="relative">
        <div className="absolute top-1 right-2 z-10 flex gap-1">
          {isSizeable(value) ? (
            <Button
              variant="ghost"
              size="icon-sm"
              className="size-6 bg-card text-muted-foreground"
              aria-pressed={searching}
              aria-label={`Search in the ${label}`}
              onClick={toggleSearch}
            >
              <Search className="size-3.5" />
            </Button>
          ) : null}
          <CopyButton text={() => JSON.stringify(value, null, 2)} label={label} className="bg-card" />
        </div>
        <Suspense>
          {searching ? (
            <JsonSearch
              value={value}
              label={label}
              onMove={(query, match) => setFound(({ move }) => ({ query, match, move: move + 1 }))}
            />
          ) : null}
        </Suspense>
        <div
          tabIndex={0}
          role="group"
          aria-label={label}
          className="max-h-112 overflow-auto px-4 py-3 pr-16 font-mono text-xs leading-6"
        >
          {isContainer(value) ? <JsonNode value={value} pointer="" name={null} /> : <JsonScalar value={value} />}
        </div>
        <Suspense>
          {selected ? <JsonSelection label={label} pointer={selected.pointer} value={selected.value} /> : null}
        </Suspense>
      </div>
    </JsonContext>
  );
}

function isSizeable(value: unknown): boolean {
  let rows = 0;
  for (const pending = [value]; pending.length > 0;) {
    const item = pending.pop();
    if (!isContainer(item)) continue;
    rows += countOf(item);
    if (rows >= searchFrom) return true;
    for (const [, member] of entriesOf(item)) pending.push(member);
  }
  return false;
}
