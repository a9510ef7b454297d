import { X } from 'lucide-react';
import { withParts, type TaskFilter } from '../tasks/filter.ts';
import { useHydrated } from '../time/clock.tsx';
import { formatLocal, formatUtc } from '../time/format.ts';
import { Button } from '../ui/button.tsx';
import { type Chip, chipsOf } from './chips.ts';

type FilterChipsProps = {
  filter: TaskFilter;
  /** The message of the error whose fingerprint narrows the list, if it is known. */
  cause: string | null;
  onChange(filter: TaskFilter): void;
};

/** What narrows the list, each with the way to take it back. */
export function FilterChips({ filter, cause, onChange }: FilterChipsProps) {
  const search: Chip[] = filter.q
    ? [{ key: 'q', name: 'Search', value: filter.q, without: withParts(filter, { q: null }) }]
    : [];
  const hydrated = useHydrated();
  const chips = [...search, ...chipsOf(filter, hydrated ? formatLocal : formatUtc, cause)];
  if (chips.length === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <ul aria-label="Active filters" className="contents">
        {chips.map(({ key, name, value, without }) => (
          <li
            key={key}
            className="inline-flex h-7 max-w-full min-w-0 items-center rounded-full border bg-card pl-2.5 text-xs"
          >
            <span className="shrink-0 text-muted-foreground">{name}:</span>
            <span className="ml-1 max-w-64 truncate font-medium" title={value}>
              {value}
            </span>
            <button
              type="button"
              aria-label={`Remove the filter ${name}: ${value}`}
              className="ml-0.5 flex size-6 shrink-0 items-center justify-center rounded-full text-muted-foreground hover:bg-accent hover:text-foreground"
              onClick={() => onChange(without)}
            >
              <X className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
      <Button variant="ghost" size="sm" onClick={() => onChange(withParts({}, { sort: filter.sort ?? null }))}>
        Clear filters
      </Button>
    </div>
  );
}
