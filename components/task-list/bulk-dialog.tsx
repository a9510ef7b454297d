'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Count } from '#lib/search/types';
import { fieldMessages } from '../api/problem.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { formatLocal } from '../time/format.ts';
import { Input } from '../ui/input.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { type Chosen, resolveTarget, targetOf } from './bulk-target.ts';
import { previewBulk, startBulk } from './calls.ts';
import { chipsOf } from './chips.ts';
import { countWords } from './count-text.tsx';
import { ownOperationsId, useOwnOperations } from './use-own-operations.ts';
import { type BulkVerb, verbs } from './verbs.ts';

type BulkDialogProps = { verb: BulkVerb; chosen: Chosen; onClose(): void; onStarted(): void };

const rateMessage = 'Must be a whole number from 1 to 10,000.';

/** Says how many tasks it concerns and what will happen to them, and begins it. */
export function BulkDialog({ verb, chosen, onClose, onStarted }: BulkDialogProps) {
  const { label, effect, ends } = verbs[verb];
  const [rate, setRate] = useState('');
  const { add } = useOwnOperations();
  const started = useRef(false);
  const preview = useQuery({
    queryKey: ['bulk-preview', chosen.ids, chosen.filter],
    queryFn: ({ signal }) => previewBulk(targetOf(chosen), signal),
    // Counted for this dialog, now.
    gcTime: 0,
    staleTime: 0,
  });
  const start = useMutation({
    mutationFn: async () => {
      const { target, undo } = await resolveTarget(verb, chosen);
      const operation = await startBulk(verb, target, rate === '' ? undefined : Number(rate));
      return { operation, undo };
    },
    onSuccess: ({ operation, undo }) => {
      started.current = true;
      add(operation, undo);
      onStarted();
    },
  });
  const count = preview.data;
  const rateIsWrong = rate !== '' && !/^(?!0)\d{1,4}$|^10000$/.test(rate);

  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={count ? `${label} ${tasksText(count)}?` : `${label} the selected tasks?`}
      description={effect}
      action={count ? `${label} ${tasksText(count)}` : label}
      dismiss="Keep as they are"
      pending={start.isPending || preview.isPending}
      error={preview.error ?? start.error}
      onSubmit={() => {
        if (!rateIsWrong && count && count.count > 0) start.mutate();
      }}
      returnFocus={() => (started.current ? document.getElementById(ownOperationsId) : null)}
    >
      {count ? null : <Skeleton className="h-4 w-40" />}
      {chosen.ids === null ? <Named chosen={chosen} /> : null}
      {count?.count === 0 ? <p className="text-[13px]">None of them are there any more.</p> : null}
      {verb === 'redrive' || verb === 'retry' ? (
        <LabelledField
          label="Tasks a second"
          hint="Slowly, if what they call has only just recovered. Left empty: as fast as it goes."
          messages={[...(rateIsWrong ? [rateMessage] : []), ...fieldMessages(start.error, '/perSecond')]}
        >
          {(attributes) => (
            <Input
              {...attributes}
              inputMode="numeric"
              className="tabular-nums"
              value={rate}
              onChange={(event) => setRate(event.target.value.trim())}
            />
          )}
        </LabelledField>
      ) : null}
      <p className="text-[13px] text-muted-foreground">
        It is done in the background; you can watch and stop it.{ends ? ' This cannot be undone.' : ''}
      </p>
    </FormDialog>
  );
}

const tasksText = ({ count, more }: Count): string =>
  count === 1 && !more ? 'one task' : `${countWords({ count, more })} tasks`;

/** Which they are, as the filter has it; those that come later are left alone. */
function Named({ chosen }: { chosen: Chosen }) {
  const { filter } = chosen;
  const parts = [
    ...(filter.q ? [`Search: ${filter.q}`] : []),
    ...chipsOf(filter, formatLocal).map(({ name, value }) => `${name}: ${value}`),
  ];
  return (
    <div className="text-[13px]">
      <p>All that match as of now; tasks that come later are left alone.</p>
      <ul className="mt-1 flex flex-col text-muted-foreground">
        {parts.map((part) => (
          <li key={part} className="truncate">
            {part}
          </li>
        ))}
      </ul>
    </div>
  );
}
