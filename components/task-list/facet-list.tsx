import { useState } from 'react';
import type { FacetValue } from '#lib/search/types';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { CountText } from './count-text.tsx';

type FacetListProps = {
  name: string;
  values: FacetValue[];
  chosen: string[];
  onToggle(value: string): void;
};

/** Of more values than this only the first are shown at once. */
const few = 6;

/** The values of one kind with how many tasks each would leave. What is chosen stays, also when it leaves none. */
export function FacetList({ name, values, chosen, onToggle }: FacetListProps) {
  const [wanted, setWanted] = useState('');
  const [all, setAll] = useState(false);
  const missing = chosen.filter((value) => !values.some((known) => known.value === value));
  const known: FacetValue[] = [...missing.map((value) => ({ value, count: 0, more: false })), ...values];
  if (known.length === 0) return null;
  const found = known.filter(({ value }) => value.toLowerCase().includes(wanted.toLowerCase()));
  const shown = all || wanted ? found : found.filter(({ value }, at) => at < few || chosen.includes(value));
  return (
    <fieldset className="flex min-w-0 flex-col py-4">
      <legend className="float-left mb-1.5 text-[13px] font-semibold">{name}</legend>
      {all ? (
        <Input
          aria-label={`Find a ${name.toLowerCase()}`}
          placeholder="Find …"
          className="clear-both mb-1.5"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      ) : null}
      <div className="clear-both max-h-64 overflow-y-auto">
        {shown.map((facet) => (
          <label
            key={facet.value}
            className="-mx-2 flex min-h-7 cursor-pointer items-center gap-2.5 rounded-sm px-2 text-[13px] hover:bg-accent"
          >
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-primary"
              checked={chosen.includes(facet.value)}
              onChange={() => onToggle(facet.value)}
            />
            <span className="min-w-0 flex-1 truncate">{facet.value}</span>
            <span className="text-xs text-muted-foreground">
              <CountText count={facet} />
            </span>
          </label>
        ))}
      </div>
      {known.length > few && !all ? (
        <Button variant="ghost" size="sm" className="-ml-2.5 self-start" onClick={() => setAll(true)}>
          Show all {known.length}
        </Button>
      ) : null}
    </fieldset>
  );
}
