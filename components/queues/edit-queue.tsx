'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import type { QueueInfo } from '#lib/queues/types';
import { keys } from '../api/keys.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { Button } from '../ui/button.tsx';
import { updateQueue } from './calls.ts';
import { SettingsFields } from './settings-fields.tsx';
import { changesIn, formOf } from './settings-form.ts';

/** A queue's settings, changed while it works. */
export function EditQueue({ queue }: { queue: QueueInfo }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Settings2 /> Settings <span className="sr-only">of {queue.name}</span>
      </Button>
      {open ? <EditQueueDialog queue={queue} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function EditQueueDialog({ queue, onClose }: { queue: QueueInfo; onClose(): void }) {
  const queryClient = useQueryClient();
  // As it was when the dialog opened: only what is changed here is sent.
  const [before] = useState(queue);
  const [form, setForm] = useState(() => formOf(before));
  const update = useMutation({
    mutationFn: () => updateQueue(queue.name, changesIn(form, before)),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.queues() }),
  });
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={`Settings of ${queue.name}`}
      description="Workers follow within a second; nothing is restarted."
      action="Save"
      pending={update.isPending}
      error={update.error}
      onSubmit={() => (Object.keys(changesIn(form, before)).length > 0 ? update.mutate() : onClose())}
    >
      <SettingsFields form={form} error={update.error} onChange={setForm} />
    </FormDialog>
  );
}
