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
import { inviteMember, type MemberChange } from './calls.ts';

type InviteDialogProps = { onClose(): void; onInvited(made: MemberChange): void };

/** Lets somebody in. */
export function InviteDialog({ onClose, onInvited }: InviteDialogProps) {
  const queryClient = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('operator');
  const invite = useMutation({
    mutationFn: () => inviteMember({ email: email.trim(), role, ...(password && { password }) }),
    onSuccess: (made) => {
      onClose();
      onInvited(made);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.members() }),
  });
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      title="Invite a member"
      description="They sign in with their e-mail address and a password that you hand them: no mail is sent."
      action="Invite"
      pending={invite.isPending}
      error={invite.error}
      onSubmit={invite.mutate}
    >
      <InputField
        label="E-mail"
        messages={fieldMessages(invite.error, '/email')}
        type="email"
        autoComplete="off"
        value={email}
        onChange={setEmail}
      />
      <LabelledField label="Role" messages={fieldMessages(invite.error, '/role')}>
        {(attributes) => <RoleSelect explained value={role} onChange={setRole} {...attributes} />}
      </LabelledField>
      <InputField
        label="Password"
        hint="Leave it empty and one is made, and shown once."
        messages={fieldMessages(invite.error, '/password')}
        type="password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
      />
    </FormDialog>
  );
}
