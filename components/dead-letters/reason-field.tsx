'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { Textarea } from '../ui/textarea.tsx';

type ReasonFieldProps = {
  value: string;
  /** It was tried without one. */
  missing: boolean;
  /** What the API refused in it. */
  messages: string[];
  onChange(value: string): void;
};

/** Why dead letters are dismissed. */
export function ReasonField({ value, missing, messages, onChange }: ReasonFieldProps) {
  return (
    <LabelledField
      label="Reason"
      hint="Required, for whoever asks later."
      messages={missing ? ['Say why, in a few words.'] : messages}
    >
      {(attributes) => (
        <Textarea
          required
          maxLength={500}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          {...attributes}
        />
      )}
    </LabelledField>
  );
}
