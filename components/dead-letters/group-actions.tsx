'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { BellOff, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { DeadLetterGroup } from '#lib/tasks/types';
import { keys } from '../api/keys.ts';
import { fieldMessages } from '../api/problem.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { toastWithUndo } from '../shell/toast-with-undo.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { dismissGroup, redriveGroup } from './calls.ts';

type Verb = 'redrive' | 'dismiss';

/** What may be done with all dead letters of one cause. `describedBy` names the element that says which. */
export function GroupActions({ group, describedBy }: { group: DeadLetterGroup; describedBy: string }) {
  const [asking, setAsking] = useState<Verb | null>(null);
  const close = () => setAsking(null);
  return (
    <div className="flex shrink-0 gap-2">
      <Button aria-describedby={describedBy} onClick={() => setAsking('redrive')}>
        <RotateCcw /> Redrive
      </Button>
      <Button variant="ghost" aria-describedby={describedBy} onClick={() => setAsking('dismiss')}>
        <BellOff /> Dismiss
      </Button>
      {asking === 'redrive' ? <RedriveDialog group={group} onClose={close} /> : null}
      {asking === 'dismiss' ? <DismissDialog group={group} onClose={close} /> : null}
    </div>
  );
}

const rateMessage = 'Must be a whole number from 1 to 10,000.';

type DialogProps = { group: DeadLetterGroup; onClose(): void };

const countText = (count: number): string => (count === 1 ? 'one task' : `${count} tasks`);

function RedriveDialog({ group, onClose }: DialogProps) {
  const [rate, setRate] = useState('10');
  const perSecond = Number(rate);
  const wrong = Number.isInteger(perSecond) && perSecond >= 1 && perSecond <= 10_000 ? [] : [rateMessage];
  const redrive = useStart(() => redriveGroup(group.fingerprint, perSecond), onClose);
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={`Redrive ${countText(group.count)}?`}
      description="Each runs again with its own payload and all its attempts anew. You can watch and stop it."
      action="Redrive"
      pending={redrive.isPending}
      error={redrive.error}
      onSubmit={() => wrong.length === 0 && redrive.mutate()}
    >
      <LabelledField
        label="Tasks a second"
        hint="Slowly, if what they call has only just recovered."
        messages={[...wrong, ...fieldMessages(redrive.error, '/perSecond')]}
      >
        {(attributes) => (
          <Input
            inputMode="numeric"
            className="tabular-nums"
            value={rate}
            onChange={(event) => setRate(event.target.value)}
            {...attributes}
          />
        )}
      </LabelledField>
    </FormDialog>
  );
}

function DismissDialog({ group, onClose }: DialogProps) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const refetch = useRefetch();
  const dismiss = useStart(async () => {
    const undo = await dismissGroup(group.fingerprint, reason.trim());
    if (!undo) return;
    toastWithUndo('The dead letters of this cause are dismissed.', {
      undo: () => undo().finally(refetch),
      undone: 'They are brought back.',
    });
  }, onClose);
  const wrong = tried && reason.trim() === '' ? ['Say why, in a few words.'] : [];
  const submit = () => {
    setTried(true);
    if (reason.trim() !== '') dismiss.mutate();
  };
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={`Dismiss ${countText(group.count)}?`}
      description="They leave this list and stay as they are. One that fails again later comes back."
      action="Dismiss"
      pending={dismiss.isPending}
      error={dismiss.error}
      onSubmit={submit}
    >
      <LabelledField
        label="Reason"
        hint="For whoever asks later."
        messages={[...wrong, ...fieldMessages(dismiss.error, '/args/reason')]}
      >
        {(attributes) => (
          <Textarea
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            {...attributes}
          />
        )}
      </LabelledField>
    </FormDialog>
  );
}

function useStart(start: () => Promise<unknown>, onStarted: () => void) {
  return useMutation({ mutationFn: start, onSuccess: onStarted, onSettled: useRefetch() });
}

function useRefetch(): () => Promise<void> {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: keys.deadLetters() });
}
