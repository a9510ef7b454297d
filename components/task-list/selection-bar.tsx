'use client';

import { X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { Count } from '#lib/search/types';
import { isDeadLetter, type TaskState } from '#lib/tasks/state';
import type { TaskSummary } from '#lib/tasks/types';
import { isNarrowed, type TaskFilter, valuesOf } from '../tasks/filter.ts';
import { Button } from '../ui/button.tsx';
import type { Chosen } from './bulk-target.ts';
import { countWords } from './count-text.tsx';
import { isSelected, type Selection } from './selection.ts';
import { type BulkVerb, verbs } from './verbs.ts';

const BulkDialog = dynamic(async () => (await import('./bulk-dialog.tsx')).BulkDialog, { ssr: false });

type SelectionBarProps = {
  filter: TaskFilter;
  rows: TaskSummary[];
  selection: Selection;
  /** How many match the filter, if known. */
  total: Count | undefined;
  onSelectAll(): void;
  onClear(): void;
};

const usual: BulkVerb[] = ['cancel', 'retry', 'pause', 'resume', 'redrive', 'archive'];

/** The others stand there where the list is of tasks that they are for. */
const offeredIn = (filter: TaskFilter): BulkVerb[] => [
  ...usual,
  ...(filter.includeArchived ? (['unarchive'] as const) : []),
  ...(filter.dismissed === 'true' ? (['undismiss'] as const) : []),
  ...(filter.dismissed !== 'true' && isOfDeadLetters(filter) ? (['dismiss'] as const) : []),
];

function isOfDeadLetters(filter: TaskFilter): boolean {
  const states = valuesOf(filter, 'state');
  return (
    Boolean(filter.fingerprint) || (states.length > 0 && states.every((state) => isDeadLetter(state as TaskState)))
  );
}

/** What may be done with the selected tasks. It floats, so that no row moves when it comes. */
export function SelectionBar({ filter, rows, selection, total, onSelectAll, onClear }: SelectionBarProps) {
  const [asking, setAsking] = useState<BulkVerb | null>(null);
  const count = selection.ids.size;
  const chosen: Chosen = {
    filter,
    ids: selection.all ? null : [...selection.ids],
    rows: rows.filter((row) => isSelected(selection, row.id)),
  };
  // Of what is not loaded nobody knows the state.
  const known = chosen.ids?.length === chosen.rows.length ? chosen.rows : null;
  // What is not narrowed names every task there is; that is refused.
  const more = !selection.all && isNarrowed(filter) && rows.every((row) => selection.ids.has(row.id));

  return (
    <section
      aria-label="Selected tasks"
      className="sticky bottom-4 z-20 mx-auto flex max-w-full flex-wrap items-center gap-x-3 gap-y-2 rounded-xl border bg-popover px-3 py-2 shadow-float"
    >
      <Button variant="ghost" size="icon-sm" className="-mx-1" aria-label="Select nothing" onClick={onClear}>
        <X />
      </Button>
      <p role="status" className="text-[13px] font-medium tabular-nums">
        {selection.all ? `All ${total ? countWords(total) : ''} that match` : `${count} selected`}
      </p>
      {more && total && (total.more || total.count > count) ? (
        <Button variant="link" size="sm" onClick={onSelectAll}>
          Select all {countWords(total)} that match
        </Button>
      ) : null}
      <div className="flex flex-wrap gap-1.5">
        {offeredIn(filter).map((verb) => {
          const { label, icon: Icon, past, effect, ends, concerns } = verbs[verb];
          // It stays where it is: no other verb comes under the pointer when a task changes its state.
          const fitsNone = known !== null && !known.some(({ state }) => concerns(state));
          return (
            <Button
              key={verb}
              size="sm"
              variant={ends ? 'destructive' : 'outline'}
              aria-disabled={fitsNone}
              title={fitsNone ? `None of the selected tasks can be ${past} now.` : effect}
              onClick={() => fitsNone || setAsking(verb)}
            >
              <Icon /> {label}
            </Button>
          );
        })}
      </div>
      {asking ? (
        <BulkDialog
          verb={asking}
          chosen={chosen}
          onClose={() => setAsking(null)}
          onStarted={() => {
            setAsking(null);
            onClear();
          }}
        />
      ) : null}
    </section>
  );
}
