'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeadLetterGroup } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { tasksText } from '../task-list/count-text.tsx';
import { isRate, RateField } from '../task-list/rate-field.tsx';
import type { FocusTarget } from '../ui/dialog.tsx';
import { redriveGroup } from './calls.ts';

type RedriveGroupDialogProps = { group: DeadLetterGroup; onClose(): void; returnFocus: FocusTarget };

/** Sends all dead letters of a cause again. */
export function RedriveGroupDialog({ group, onClose, returnFocus }: RedriveGroupDialogProps) {
  const queryClient = useQueryClient();
  const [rate, setRate] = useState('10');
  const redrive = useMutation({
    mutationFn: () => redriveGroup(group.fingerprint, Number(rate)),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.deadLetters() }),
  });
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={`Redrive ${tasksText({ count: group.count, more: false })}?`}
      description="Each runs again with its own payload and all its attempts anew. You can watch and stop it."
      action="Redrive"
      pending={redrive.isPending}
      error={redrive.error}
      returnFocus={returnFocus}
      onSubmit={() => isRate(rate) && redrive.mutate()}
    >
      <RateField value={rate} wrong={!isRate(rate)} error={redrive.error} onChange={setRate} />
    </FormDialog>
  );
}
