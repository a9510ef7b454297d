'use client';

import { fieldMessages } from '../api/problem.ts';
import { InputField } from '../forms/input-field.tsx';

/** Whether a bulk operation may go at this rate, as it was typed. */
export const isRate = (text: string): boolean => /^(?!0)\d{1,4}$|^10000$/.test(text);

type RateFieldProps = {
  value: string;
  /** It may be left empty. */
  optional?: true;
  wrong: boolean;
  /** The refusal of what was sent last. */
  error: unknown;
  onChange(value: string): void;
};

/** How many tasks a second a bulk operation sends again. */
export function RateField({ value, optional, wrong, error, onChange }: RateFieldProps) {
  return (
    <InputField
      label="Tasks a second"
      hint={`Slowly, if what they call has only just recovered.${optional ? ' Left empty: as fast as it goes.' : ''}`}
      messages={[...(wrong ? ['Must be a whole number from 1 to 10,000.'] : []), ...fieldMessages(error, '/perSecond')]}
      inputMode="numeric"
      className="tabular-nums"
      value={value}
      onChange={(text) => onChange(text.trim())}
    />
  );
}
