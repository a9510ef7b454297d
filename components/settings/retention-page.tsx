'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import type { DefinitionInfo } from '#lib/tasks/types';
import { request } from '../api/http.ts';
import { keys } from '../api/keys.ts';
import { fieldMessages } from '../api/problem.ts';
import { useDefinitions } from '../api/queries.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { formatDuration } from '../time/format.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { retentionForm, retentionOf, type RetentionUnit, retentionUnits } from './retention-form.ts';

/** For how long the ended tasks of each type are kept. */
export function RetentionPage({ initial }: { initial: DefinitionInfo[] }) {
  const { data: definitions = [] } = useDefinitions({ initial });
  return (
    <HydratedFieldset>
      <Card>
        <CardHeader>
          <CardTitle>How long ended tasks are kept</CardTitle>
        </CardHeader>
        <p className="border-b px-4 py-2.5 text-[13px] text-muted-foreground">
          Older ones are deleted for good, with their logs. What is set here outranks the task type’s code.
        </p>
        <ul aria-label="Retention by task type" className="divide-y">
          {definitions.map((definition) => (
            <RetentionRow key={definition.name} definition={definition} />
          ))}
        </ul>
      </Card>
    </HydratedFieldset>
  );
}

function RetentionRow({ definition }: { definition: DefinitionInfo }) {
  const { title, name, retentionMs } = definition;
  const [open, setOpen] = useState(false);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-[13px]">
      <p className="min-w-0 flex-1 basis-48 truncate">
        <span className="font-medium">{title}</span>{' '}
        <span className="font-mono text-xs text-muted-foreground">{name}</span>
      </p>
      <span className="tabular-nums">{retentionMs === null ? 'for ever' : formatDuration(retentionMs)}</span>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Pencil /> Change <span className="sr-only">retention of {title}</span>
      </Button>
      {open ? <RetentionDialog definition={definition} onClose={() => setOpen(false)} /> : null}
    </li>
  );
}

function RetentionDialog({ definition, onClose }: { definition: DefinitionInfo; onClose(): void }) {
  const queryClient = useQueryClient();
  const [form, setForm] = useState(() => retentionForm(definition.retentionMs));
  const save = useMutation({
    mutationFn: () =>
      request(`/api/definitions/${encodeURIComponent(definition.name)}`, {
        method: 'PATCH',
        body: { retentionMs: retentionOf(form) },
      }),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.definitions() }),
  });
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title={`Keep ended tasks of “${definition.title}”`}
      description="A task that ended longer ago is deleted within minutes, and cannot be brought back."
      action="Save"
      pending={save.isPending}
      error={save.error}
      onSubmit={save.mutate}
    >
      <div className="grid grid-cols-2 gap-3">
        <LabelledField label="For" hint="Empty: for ever." messages={fieldMessages(save.error, '/retentionMs')}>
          {(attributes) => (
            <Input
              inputMode="decimal"
              className="tabular-nums"
              value={form.amount}
              onChange={(event) => setForm({ ...form, amount: event.target.value })}
              {...attributes}
            />
          )}
        </LabelledField>
        <LabelledField label="Unit" messages={[]}>
          {(attributes) => (
            <Select
              value={form.unit}
              onChange={(event) => setForm({ ...form, unit: event.target.value as RetentionUnit })}
              {...attributes}
            >
              {Object.keys(retentionUnits).map((unit) => (
                <option key={unit} value={unit}>
                  {unit}
                </option>
              ))}
            </Select>
          )}
        </LabelledField>
      </div>
    </FormDialog>
  );
}
