'use client';

import { useState } from 'react';
import { Textarea } from '../ui/textarea.tsx';
import type { ControlProps } from './field-control.tsx';
import { parseJson } from './parse-json.ts';

const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2));

/** A value as JSON. What does not parse goes into the payload as text, for the check to refuse. */
export function JsonControl({ id, value, invalid, describedBy, onChange }: ControlProps) {
  const [typed, setTyped] = useState(() => textOf(value));
  const shown = sameValue(read(typed), value) ? typed : textOf(value);

  const change = (text: string) => {
    setTyped(text);
    onChange(read(text));
  };

  return (
    <Textarea
      id={id}
      spellCheck={false}
      placeholder="JSON"
      className="max-h-96 font-mono text-xs leading-relaxed"
      value={shown}
      onChange={(event) => change(event.target.value)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
    />
  );
}

function read(text: string): unknown {
  if (text.trim() === '') return undefined;
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : text;
}

const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
