'use client';

import type { ComponentProps } from 'react';
import { Input } from '../ui/input.tsx';
import { LabelledField } from './labelled-field.tsx';

type InputFieldProps = Omit<ComponentProps<typeof LabelledField>, 'children'> &
  Omit<ComponentProps<typeof Input>, 'id' | 'onChange'> & { value: string; onChange(value: string): void };

/** A line of text with its label; below it what is wrong or what to know. */
export function InputField({ label, hint, messages, onChange, ...input }: InputFieldProps) {
  return (
    <LabelledField label={label} hint={hint} messages={messages}>
      {(attributes) => <Input {...input} onChange={(event) => onChange(event.target.value)} {...attributes} />}
    </LabelledField>
  );
}
