'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Role } from '#lib/access/types';
import { keys } from '../api/keys.ts';
import { fieldMessages } from '../api/problem.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { InputField } from '../forms/input-field.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { RoleSelect } from '../settings/role-select.tsx';
import { Select } from '../ui/select.tsx';
import { createKey, type NewKey } from './calls.ts';

const dayMs = 86_400_000;
const lives = [
  { days: 0, label: 'until it is revoked' },
  { days: 30, label: '30 days' },
  { days: 90, label: '90 days' },
  { days: 365, label: 'a year' },
];

type NewKeyDialogProps = { onClose(): void; onMade(key: string): void };

/** Makes an API key. */
export function NewKeyDialog({ onClose, onMade }: NewKeyDialogProps) {
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const [rateLimit, setRateLimit] = useState('');
  const [days, setDays] = useState(0);
  const create = useMutation({
    mutationFn: () => createKey(wanted({ name, role, rateLimit, days })),
    onSuccess: ({ key }) => {
      onClose();
      onMade(key);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.apiKeys() }),
  });
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title="New API key"
      description="For one program. Give it no more than it needs."
      action="Create"
      pending={create.isPending}
      error={create.error}
      onSubmit={create.mutate}
    >
      <InputField
        label="Name"
        hint="Which program it is for."
        messages={fieldMessages(create.error, '/name')}
        autoComplete="off"
        value={name}
        onChange={setName}
      />
      <LabelledField label="Role" messages={fieldMessages(create.error, '/role')}>
        {(attributes) => <RoleSelect explained value={role} onChange={setRole} {...attributes} />}
      </LabelledField>
      <InputField
        label="Submits a minute"
        hint="Empty: no limit."
        messages={fieldMessages(create.error, '/rateLimit')}
        inputMode="numeric"
        className="tabular-nums"
        value={rateLimit}
        onChange={setRateLimit}
      />
      <LabelledField label="Valid for" messages={fieldMessages(create.error, '/expiresAt')}>
        {(attributes) => (
          <Select value={days} onChange={(event) => setDays(Number(event.target.value))} {...attributes}>
            {lives.map((life) => (
              <option key={life.days} value={life.days}>
                {life.label}
              </option>
            ))}
          </Select>
        )}
      </LabelledField>
    </FormDialog>
  );
}

function wanted(form: { name: string; role: Role; rateLimit: string; days: number }): NewKey {
  const { name, role, rateLimit, days } = form;
  const limit = Number(rateLimit);
  return {
    name,
    role,
    ...(rateLimit.trim() && { rateLimit: Number.isFinite(limit) ? limit : rateLimit }),
    ...(days > 0 && { expiresAt: new Date(Date.now() + days * dayMs).toISOString() }),
  };
}
