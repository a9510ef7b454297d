'use client';

import type { ComponentProps } from 'react';
import { type Role, roles } from '#lib/access/types';
import { Select } from '../ui/select.tsx';

const may: Record<Role, string> = {
  viewer: 'sees tasks, queues and workers; changes nothing',
  operator: 'also submits and controls tasks',
  admin: 'also configures; sees members, keys, audit log and Bull Board',
};

type RoleSelectProps = Omit<ComponentProps<typeof Select>, 'value' | 'onChange' | 'children'> & {
  value: Role;
  /** Each role with what it may do. */
  explained?: boolean;
  onChange(role: Role): void;
};

export function RoleSelect({ value, explained = false, onChange, ...props }: RoleSelectProps) {
  return (
    <Select
      value={value}
      onChange={(event) => onChange(roles.find((role) => role === event.target.value) ?? value)}
      {...props}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {explained ? `${role}: ${may[role]}` : role}
        </option>
      ))}
    </Select>
  );
}
