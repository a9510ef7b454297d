'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { toast } from 'sonner';
import { maxTemplateName, type Template } from '#lib/templates/types';
import { createTemplate, updateTemplate } from '../api/calls.ts';
import { keys } from '../api/keys.ts';
import { ApiError } from '../api/problem.ts';
import type { SubmitInput } from '../api/types.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { Input } from '../ui/input.tsx';

type SaveTemplateDialogProps = {
  current: SubmitInput;
  templates: Template[];
  returnFocus: RefObject<HTMLElement | null>;
  onClose(): void;
};

/** Keeps payload and options under a name; a name that is there already is replaced, and that is said beforehand. */
export function SaveTemplateDialog({ current, templates, returnFocus, onClose }: SaveTemplateDialogProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const wanted = name.trim();
  const same = templates.find((template) => template.name === wanted);
  // A start at a date would be past when the template is used.
  const { definition, payload, runAt: _, ...options } = current;
  const save = useMutation({
    mutationFn: () => {
      const template = { definition, name: wanted, payload, options };
      return same ? updateTemplate(same.id, template) : createTemplate(template);
    },
    onSuccess: () => {
      toast.success(`The template “${wanted}” is kept.`);
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.templates(definition) }),
  });
  const refused = save.error instanceof ApiError ? save.error.fields : [];
  const messages = refused.filter(({ pointer }) => pointer === '/name').map(({ message }) => message);

  return (
    <FormDialog
      open
      onOpenChange={onClose}
      returnFocus={returnFocus}
      title="Save as a template"
      description="Payload and options, for everybody who submits such a task. A start at a date is left out."
      action={same ? 'Replace' : 'Save'}
      pending={save.isPending}
      error={save.error}
      onSubmit={() => wanted !== '' && save.mutate()}
    >
      <LabelledField
        label="Name"
        messages={messages}
        hint={same ? 'There is one of this name: it is replaced.' : 'As the others will look for it.'}
      >
        {(attributes) => (
          <Input
            autoFocus
            required
            maxLength={maxTemplateName}
            value={name}
            onChange={(event) => {
              save.reset();
              setName(event.target.value);
            }}
            {...attributes}
          />
        )}
      </LabelledField>
    </FormDialog>
  );
}
