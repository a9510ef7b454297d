'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Count } from '#lib/search/types';
import type { TaskState } from '#lib/tasks/state';
import { fieldMessages } from '../api/problem.ts';
import { ReasonField } from '../dead-letters/reason-field.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { formatLocal } from '../time/format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { type Chosen, resolveTarget, targetOf } from './bulk-target.ts';
import { previewBulk, startBulk } from './calls.ts';
import { chipsOf } from './chips.ts';
import { tasksText } from './count-text.tsx';
import { partPreview } from './preview-parts.ts';
import { isRate, RateField } from './rate-field.tsx';
import { ownOperationsId, useOwnOperations } from './use-own-operations.ts';
import { type BulkVerb, verbs } from './verbs.ts';

type BulkDialogProps = { verb: BulkVerb; chosen: Chosen; onClose(): void; onStarted(): void };

/** Says how many tasks it concerns and what will happen to them, and begins it. */
export function BulkDialog({ verb, chosen, onClose, onStarted }: BulkDialogProps) {
  const { label, past, effect, ends, concerns } = verbs[verb];
  const [rate, setRate] = useState('');
  const [reason, setReason] = useState('');
  const [again, setAgain] = useState(false);
  const [tried, setTried] = useState(false);
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
      const operation = await startBulk(verb, target, { perSecond: Number(rate), reason: reason.trim(), again });
      return { operation, undo };
    },
    onSuccess: ({ operation, undo }) => {
      started.current = true;
      add(operation, undo);
      onStarted();
    },
  });
  const allows = (state: TaskState) => concerns(state) && (verb !== 'redrive' || again || state !== 'completed');
  const parts = preview.data && partPreview(preview.data, allows);
  const some = parts && changedText(parts.changed);
  const rateIsWrong = rate !== '' && !isRate(rate);
  const reasonIsMissing = verb === 'dismiss' && reason.trim() === '';

  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={`${label} ${some ?? 'the selected tasks'}?`}
      description={effect}
      action={some ? `${label} ${some}` : label}
      dismiss="Keep as they are"
      pending={start.isPending || preview.isPending}
      error={preview.error ?? start.error}
      onSubmit={() => {
        setTried(true);
        if (!rateIsWrong && !reasonIsMissing && some) start.mutate();
      }}
      returnFocus={() => (started.current ? document.getElementById(ownOperationsId) : null)}
    >
      {parts ? null : <Skeleton className="h-4 w-40" />}
      {chosen.ids === null ? <Named chosen={chosen} /> : null}
      {preview.data?.count === 0 && !preview.data.more ? (
        <p className="text-[13px]">None of them are there any more.</p>
      ) : null}
      {parts?.left ? (
        <p className="text-[13px]">
          {some ? 'Left as they are' : `None of them is ${past}`}
          {parts.changed.more ? ', among the newest' : ''}: {parts.left}.
        </p>
      ) : null}
      {verb === 'redrive' && preview.data?.states.completed ? (
        <label className="flex items-center gap-2.5 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-primary"
            checked={again}
            onChange={(event) => setAgain(event.target.checked)}
          />
          Completed tasks too
        </label>
      ) : null}
      {verb === 'redrive' || verb === 'retry' ? (
        <RateField optional value={rate} wrong={rateIsWrong} error={start.error} onChange={setRate} />
      ) : null}
      {verb === 'dismiss' ? (
        <ReasonField
          value={reason}
          missing={tried && reasonIsMissing}
          messages={fieldMessages(start.error, '/args/reason')}
          onChange={setReason}
        />
      ) : null}
      <p className="text-[13px] text-muted-foreground">
        It is done in the background; you can watch and stop it.{ends ? ' This cannot be undone.' : ''}
      </p>
    </FormDialog>
  );
}

/** Undefined when there is none. Where not all could be counted there may be some among the others. */
function changedText(changed: Count): string | undefined {
  if (changed.count > 0) return tasksText(changed);
  return changed.more ? 'all that it concerns' : undefined;
}

/** Which they are, as the filter has it; those that come later are left alone. */
function Named({ chosen }: { chosen: Chosen }) {
  const { filter } = chosen;
  const parts = [
    ...(filter.q ? [`Search: ${filter.q}`] : []),
    ...chipsOf(filter, formatLocal, chosen.rows[0]?.errorMessage).map(({ name, value }) => `${name}: ${value}`),
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
