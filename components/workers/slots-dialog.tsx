'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import type { WorkerInfo } from '#lib/workers/types';
import { keys } from '../api/keys.ts';
import { fieldMessages } from '../api/problem.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { InputField } from '../forms/input-field.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { Select } from '../ui/select.tsx';
import { setSlots } from './calls.ts';

type SlotsDialogProps = { worker: WorkerInfo; returnFocus: RefObject<HTMLElement | null>; onClose(): void };

/** How many tasks a worker runs at once, by queue. */
export function SlotsDialog({ worker, returnFocus, onClose }: SlotsDialogProps) {
  const queryClient = useQueryClient();
  const [queue, setQueue] = useState('');
  const [slots, setNumber] = useState('');
  const change = useMutation({
    mutationFn: () => setSlots(worker.id, slotsIn(slots), queue || undefined),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.fleet() }),
  });
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={`Slots of ${worker.host} ${worker.pid}`}
      description="It follows within a second; tasks that run go on. A restart forgets it."
      action="Set slots"
      pending={change.isPending}
      error={change.error}
      returnFocus={returnFocus}
      onSubmit={change.mutate}
    >
      <LabelledField label="Queue" messages={fieldMessages(change.error, '/queue')}>
        {(attributes) => (
          <Select value={queue} onChange={(event) => setQueue(event.target.value)} {...attributes}>
            <option value="">Each of its queues</option>
            {Object.entries(worker.queueSlots).map(([name, now]) => (
              <option key={name} value={name}>
                {name} ({now} now)
              </option>
            ))}
          </Select>
        )}
      </LabelledField>
      <InputField
        label="Tasks at once"
        hint="Empty: as the queue’s settings say."
        messages={fieldMessages(change.error, '/slots')}
        inputMode="numeric"
        className="tabular-nums"
        value={slots}
        onChange={setNumber}
      />
    </FormDialog>
  );
}

/** What is no number goes as it was typed, for the API to refuse. */
function slotsIn(text: string): number | string | null {
  if (text.trim() === '') return null;
  return Number.isNaN(Number(text)) ? text : Number(text);
}
