'use client';

import type { ReactNode } from 'react';
import type { Attribute, Facets } from '#lib/search/types';
import { type FilterName, type TaskFilter, toggleValue, valuesOf, withParts } from '../tasks/filter.ts';
import { Button } from '../ui/button.tsx';
import { Sheet, SheetContent, SheetTitle } from '../ui/sheet.tsx';
import { countWords } from './count-text.tsx';
import { FacetList } from './facet-list.tsx';
import { ChoiceField, DurationField, MetadataField, NumberField, TextField, TimeField } from './filter-fields.tsx';

type FilterPanelProps = {
  filter: TaskFilter;
  facets: Facets | undefined;
  onChange(filter: TaskFilter): void;
  onClose(): void;
};

const facetNames: Record<Attribute, string> = {
  state: 'State',
  definition: 'Type',
  queue: 'Queue',
  tag: 'Tag',
  worker: 'Worker',
};
const facetOrder: Attribute[] = ['state', 'definition', 'queue', 'tag', 'worker'];

/** Everything that can narrow the list. Each change is in force at once; the list and the counts follow behind the panel. */
export function FilterPanel({ filter, facets, onChange, onClose }: FilterPanelProps) {
  const change = (parts: TaskFilter) => onChange(withParts(filter, parts));
  const field = (name: FilterName) => ({
    value: filter[name] ?? '',
    onChange: (value: string) => change({ [name]: value }),
  });
  // One worker at a time: a task has only one.
  const choose = (facet: Attribute, value: string) =>
    facet === 'worker'
      ? change({ worker: filter.worker === value ? null : value })
      : onChange(toggleValue(filter, facet, value));

  return (
    <Sheet open onOpenChange={onClose}>
      <SheetContent side="right" closeLabel="Close filters" className="w-96 max-w-full">
        <div className="flex h-14 shrink-0 items-center border-b pr-12 pl-5">
          <SheetTitle className="text-sm font-semibold">Filters</SheetTitle>
        </div>
        <div className="flex flex-1 flex-col divide-y overflow-y-auto px-5">
          {facetOrder.map((facet) => (
            <FacetList
              key={facet}
              name={facetNames[facet]}
              values={facets?.facets[facet] ?? []}
              chosen={valuesOf(filter, facet)}
              onToggle={(value) => choose(facet, value)}
            />
          ))}
          <Section title="Created">
            <TimeField label="From" {...field('createdAfter')} />
            <TimeField label="Before" {...field('createdBefore')} />
            <LastChoices onChoose={(createdAfter) => change({ createdAfter, createdBefore: null })} />
          </Section>
          <Section title="Finished">
            <TimeField label="From" {...field('finishedAfter')} />
            <TimeField label="Before" {...field('finishedBefore')} />
          </Section>
          <Section title="Ran for">
            <DurationField label="At least" {...field('runMin')} />
            <DurationField label="At most" {...field('runMax')} />
          </Section>
          <Section title="Attempts">
            <NumberField label="At least" {...field('attemptsMin')} />
            <NumberField label="At most" {...field('attemptsMax')} />
          </Section>
          <Section title="Error" wide>
            <TextField label="Fingerprint" hint="As the page of a failed task shows it." {...field('fingerprint')} />
          </Section>
          <Section title="Metadata" wide>
            <MetadataField label="Contains" {...field('metadata')} />
          </Section>
          <Section title="Set aside" wide>
            <ChoiceField
              label="Archived tasks"
              options={{ '': 'Left out', true: 'Shown too' }}
              {...field('includeArchived')}
            />
            <ChoiceField
              label="Dismissed tasks"
              options={{ '': 'Shown too', true: 'Only these', false: 'Left out' }}
              {...field('dismissed')}
            />
          </Section>
        </div>
        <div className="flex items-center justify-between gap-3 border-t px-5 py-3">
          <span role="status" className="text-[13px] text-muted-foreground tabular-nums">
            {facets ? matches(facets) : ''}
          </span>
          <div className="flex gap-2">
            <Button onClick={() => onChange(withParts({}, { sort: filter.sort ?? null }))}>Clear filters</Button>
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </div>
        </div>
      </SheetContent>
    </Sheet>
  );
}

const matches = ({ total }: Facets): string =>
  total.count === 1 && !total.more ? 'One task matches' : `${countWords(total)} tasks match`;

const lastMs: Record<string, number> = {
  '15 min': 15 * 60_000,
  '1 h': 3_600_000,
  '24 h': 86_400_000,
  '7 days': 7 * 86_400_000,
};

/** Shortcuts to the time from some while ago on. */
function LastChoices({ onChoose }: { onChoose(from: string): void }) {
  return (
    <div className="flex flex-wrap gap-1.5 sm:col-span-2">
      {Object.entries(lastMs).map(([label, ms]) => (
        <Button key={label} size="sm" onClick={() => onChoose(new Date(Date.now() - ms).toISOString())}>
          Last {label}
        </Button>
      ))}
    </div>
  );
}

function Section({ title, wide, children }: { title: string; wide?: true; children: ReactNode }) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-2 py-4">
      <legend className="float-left mb-1 text-[13px] font-semibold">{title}</legend>
      <div className={wide ? 'clear-both flex flex-col gap-3' : 'clear-both grid gap-3 sm:grid-cols-2'}>{children}</div>
    </fieldset>
  );
}
