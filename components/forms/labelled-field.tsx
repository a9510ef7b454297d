'use client';

import { type ReactNode, useId } from 'react';
import { Label } from '../ui/label.tsx';
import { FieldMessages } from './field-messages.tsx';

type ControlAttributes = { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string };

type LabelledFieldProps = {
  label: string;
  hint?: string;
  messages: string[];
  /** Draws the control with the attributes that tie it to its label and its messages. */
  children(attributes: ControlAttributes): ReactNode;
};

/** A label, its control, and below it what is wrong or what to know. */
export function LabelledField({ label, hint, messages, children }: LabelledFieldProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      {children({
        id,
        'aria-invalid': messages.length > 0 || undefined,
        'aria-describedby': `${id}-messages`,
      })}
      <FieldMessages id={`${id}-messages`} messages={messages} hint={hint} />
    </div>
  );
}
