'use client';

import { useState } from 'react';
import { InputField } from '../forms/input-field.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { durationText, fromLocalTime, parseDuration, toLocalTime } from './field-values.ts';

type FieldProps = { label: string; hint?: string; value: string; onChange(value: string): void };

type WrittenFieldProps = FieldProps & {
  /** The value as a person writes it. */
  show(value: string): string;
  /** What the person wrote as the filter keeps it; null when it cannot be read. */
  read(text: string): string | null;
  wrong: string;
  inputMode?: 'numeric' | 'text';
  className?: string;
};

/** A field whose text is read when one leaves it or presses Enter; what cannot be read changes nothing and is said. */
function WrittenField({ label, hint, value, onChange, show, read, wrong, inputMode, className }: WrittenFieldProps) {
  const [text, setText] = useState(show(value));
  const [followed, setFollowed] = useState(value);
  const [isWrong, setWrong] = useState(false);
  if (followed !== value) {
    setFollowed(value);
    setText(show(value));
    setWrong(false);
  }
  const take = () => {
    const next = text.trim() === '' ? '' : read(text.trim());
    setWrong(next === null);
    if (next !== null && next !== value) onChange(next);
  };
  return (
    <InputField
      label={label}
      hint={hint}
      messages={isWrong ? [wrong] : []}
      inputMode={inputMode}
      className={className}
      value={text}
      onChange={setText}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
      }}
    />
  );
}

const asIs = (value: string): string => value;

export const TextField = (props: FieldProps) => (
  <WrittenField {...props} show={asIs} read={asIs} wrong="" className="font-mono" />
);

export const NumberField = (props: FieldProps) => (
  <WrittenField
    {...props}
    show={asIs}
    read={(text) => (/^\d{1,9}$/.test(text) ? String(Number(text)) : null)}
    wrong="Write a whole number."
    inputMode="numeric"
  />
);

export const DurationField = (props: FieldProps) => (
  <WrittenField
    {...props}
    hint="Seconds, or as 500 ms, 5 m, 1 h."
    show={durationText}
    read={parseDuration}
    wrong="Write it as 500 ms, 2 s, 5 m or 1 h."
  />
);

export const MetadataField = (props: FieldProps) => (
  <WrittenField
    {...props}
    hint='A JSON object, as {"tenant": "acme"}.'
    show={asIs}
    read={(text) => (isJsonObject(text) ? text : null)}
    wrong='Write a JSON object, as {"tenant": "acme"}.'
    className="font-mono"
  />
);

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A moment in the reader's own time zone. */
export function TimeField({ label, value, onChange }: FieldProps) {
  return (
    <LabelledField label={label} messages={[]}>
      {(attributes) => (
        <Input
          {...attributes}
          type="datetime-local"
          value={toLocalTime(value)}
          onChange={(event) => onChange(fromLocalTime(event.target.value))}
        />
      )}
    </LabelledField>
  );
}

type ChoiceFieldProps = FieldProps & { options: Record<string, string> };

export function ChoiceField({ label, options, value, onChange }: ChoiceFieldProps) {
  return (
    <LabelledField label={label} messages={[]}>
      {(attributes) => (
        <Select {...attributes} value={value} onChange={(event) => onChange(event.target.value)}>
          {Object.entries(options).map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </LabelledField>
  );
}
