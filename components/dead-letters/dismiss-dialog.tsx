'use client';

import { useState } from 'react';
import { fieldMessages } from '../api/problem.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import type { FocusTarget } from '../ui/dialog.tsx';
import { ReasonField } from './reason-field.tsx';

type DismissDialogProps = {
  title: string;
  /** The mutation that dismisses. */
  dismiss: { mutate(reason: string): void; isPending: boolean; error: unknown };
  /** Where the reason stands in what is sent. */
  pointer: '/reason' | '/args/reason';
  onClose(): void;
  returnFocus?: FocusTarget;
};

/** Asks why, before one dead letter or all of a cause are dismissed. */
export function DismissDialog({ title, dismiss, pointer, onClose, returnFocus }: DismissDialogProps) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const written = reason.trim();
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={title}
      description="What is dismissed leaves the dead letters and stays as it is. A task that fails again later comes back."
      action="Dismiss"
      pending={dismiss.isPending}
      error={dismiss.error}
      returnFocus={returnFocus}
      onSubmit={() => {
        setTried(true);
        if (written !== '') dismiss.mutate(written);
      }}
    >
      <ReasonField
        value={reason}
        missing={tried && written === ''}
        messages={fieldMessages(dismiss.error, pointer)}
        onChange={setReason}
      />
    </FormDialog>
  );
}
