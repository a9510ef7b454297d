'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { type Span, type Unit, units } from './span.ts';

type SpanInputsProps = {
  /** Names the amount where no label does. */
  label?: string;
  id?: string;
  value: Span;
  placeholder?: string;
  onChange(value: Span): void;
  'aria-invalid'?: true | undefined;
  'aria-describedby'?: string;
};

/** An amount and its unit. */
export function SpanInputs({ label, id, value, placeholder, onChange, ...aria }: SpanInputsProps) {
  return (
    <div className="flex gap-2">
      <Input
        id={id}
        aria-label={label}
        type="number"
        min={0}
        step="any"
        className="tabular-nums"
        placeholder={placeholder}
        value={value.amount}
        onChange={(event) => onChange({ ...value, amount: event.target.value })}
        {...aria}
      />
      <Select
        aria-label="Unit"
        value={value.unit}
        onChange={(event) => onChange({ ...value, unit: event.target.value as Unit })}
      >
        {Object.keys(units).map((unit) => (
          <option key={unit}>{unit}</option>
        ))}
      </Select>
    </div>
  );
}

type SpanFieldProps = {
  label: string;
  hint?: string;
  placeholder?: string;
  messages: string[];
  value: Span;
  onChange(value: Span): void;
};

/** A length of time, which may be left empty. */
export function SpanField({ label, hint, messages, ...inputs }: SpanFieldProps) {
  return (
    <LabelledField label={label} messages={messages} {...(hint && { hint })}>
      {(attributes) => <SpanInputs {...attributes} {...inputs} />}
    </LabelledField>
  );
}
