'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { toast } from 'sonner';
import { keys } from '../api/keys.ts';
import { fieldMessages } from '../api/problem.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { InputField } from '../forms/input-field.tsx';
import { useMayAct } from '../shell/member.tsx';
import { saveView } from './calls.ts';

type SaveViewDialogProps = { query: string; returnFocus: RefObject<HTMLElement | null>; onClose(): void };

/** Keeps the filter and the order under a name. */
export function SaveViewDialog({ query, returnFocus, onClose }: SaveViewDialogProps) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [tried, setTried] = useState(false);
  const mayShare = useMayAct();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: () => saveView({ name: name.trim(), query, shared }),
    onSuccess: (view) => {
      toast.success(`“${view.name}” is saved.`);
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.views() }),
  });
  const missing = tried && name.trim() === '' ? ['Give it a name.'] : [];
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      returnFocus={returnFocus}
      title="Save this view"
      description="The filters and the order as they are now, to come back to with one click."
      action="Save"
      pending={save.isPending}
      error={save.error}
      onSubmit={() => {
        setTried(true);
        if (name.trim() !== '') save.mutate();
      }}
    >
      <InputField
        label="Name"
        messages={[...missing, ...fieldMessages(save.error, '/name')]}
        maxLength={80}
        value={name}
        onChange={setName}
      />
      {mayShare ? (
        <label className="flex min-h-6 items-center gap-2.5 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-primary"
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
          />
          Share it with all members
        </label>
      ) : null}
    </FormDialog>
  );
}
