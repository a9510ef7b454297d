'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys.ts';
import { fieldMessages } from '../api/problem.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { InputField } from '../forms/input-field.tsx';
import { Button } from '../ui/button.tsx';
import { createQueue } from './calls.ts';
import { SettingsFields } from './settings-fields.tsx';
import { changesIn, formOf, newQueue } from './settings-form.ts';

/** Makes a queue. */
export function NewQueue() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus /> New queue
      </Button>
      {open ? <NewQueueDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function NewQueueDialog({ onClose }: { onClose(): void }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [form, setForm] = useState(() => formOf(newQueue));
  const create = useMutation({
    mutationFn: () => createQueue(name, changesIn(form, newQueue)),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.queues() }),
  });
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title="New queue"
      description="Running workers take it up by themselves."
      action="Create"
      pending={create.isPending}
      error={create.error}
      onSubmit={create.mutate}
    >
      <InputField
        label="Name"
        hint="Small letters, digits and “-”, for example “mail”."
        messages={fieldMessages(create.error, '/name')}
        className="font-mono"
        autoComplete="off"
        spellCheck={false}
        value={name}
        onChange={setName}
      />
      <SettingsFields form={form} error={create.error} onChange={setForm} />
    </FormDialog>
  );
}
