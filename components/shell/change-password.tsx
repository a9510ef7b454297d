'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { request } from '../api/http.ts';
import { ApiError, fieldMessages } from '../api/problem.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { InputField } from '../forms/input-field.tsx';
import type { FocusTarget } from '../ui/dialog.tsx';
import { useMember } from './member.tsx';

type ChangePasswordProps = { onClose(): void; returnFocus: FocusTarget };

/** The reader's own password, changed by who knows the current one. */
export function ChangePassword({ onClose, returnFocus }: ChangePasswordProps) {
  const { name } = useMember();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [repeated, setRepeated] = useState('');
  const change = useMutation({
    mutationFn: async () => {
      if (repeated !== newPassword) throw differs();
      await request('/api/auth/change-password', { method: 'POST', body: { currentPassword, newPassword } });
    },
    onSuccess: () => {
      toast.success('Your password is changed.');
      onClose();
    },
  });
  return (
    <FormDialog
      open
      onOpenChange={onClose}
      returnFocus={returnFocus}
      className="max-w-sm"
      title="Change password"
      description="You stay signed in here. Other browsers are signed out within the hour."
      action="Change password"
      pending={change.isPending}
      error={change.error}
      onSubmit={change.mutate}
    >
      {/* For password managers, which ask whose password it is. */}
      <input type="text" autoComplete="username" value={name} readOnly hidden />
      <InputField
        label="Current password"
        messages={fieldMessages(change.error, '/currentPassword')}
        type="password"
        autoComplete="current-password"
        value={currentPassword}
        onChange={setCurrent}
      />
      <InputField
        label="New password"
        hint="At least 8 characters."
        messages={fieldMessages(change.error, '/newPassword')}
        type="password"
        autoComplete="new-password"
        value={newPassword}
        onChange={setNew}
      />
      <InputField
        label="New password again"
        messages={fieldMessages(change.error, '/repeated')}
        type="password"
        autoComplete="new-password"
        value={repeated}
        onChange={setRepeated}
      />
    </FormDialog>
  );
}

/** As the API would refuse it, which is told the new password once. */
const differs = (): ApiError =>
  new ApiError({
    message: 'The new passwords are not the same.',
    status: 422,
    code: 'invalid',
    fields: [{ pointer: '/repeated', message: 'is not the same' }],
  });
