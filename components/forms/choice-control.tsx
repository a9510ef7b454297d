'use client';

import { Select } from '../ui/select.tsx';
import type { ControlProps } from './field-control.tsx';

type ChoiceControlProps = ControlProps & { options: { value: unknown; label: string }[] };

/** One of a few values. Options are named by their place, since a value may be of any type. */
export function ChoiceControl({ id, options, value, required, invalid, describedBy, onChange }: ChoiceControlProps) {
  const at = options.findIndex((option) => option.value === value);
  return (
    <Select
      id={id}
      className="sm:max-w-72"
      value={at < 0 ? '' : String(at)}
      onChange={(event) => onChange(event.target.value === '' ? undefined : options[Number(event.target.value)]?.value)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
    >
      {at < 0 || !required ? <option value="">{required ? 'Choose …' : 'Not set'}</option> : null}
      {options.map((option, index) => (
        <option key={option.label} value={index}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}
