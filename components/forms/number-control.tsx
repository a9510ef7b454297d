'use client';

import { useState } from 'react';
import { Input } from '../ui/input.tsx';
import type { ControlProps } from './field-control.tsx';

/** A number as typed: "1." stays on the screen, and "abc" stays in the payload for the check to refuse. */
export function NumberControl({ id, value, invalid, describedBy, onChange }: ControlProps) {
  const [typed, setTyped] = useState('');
  const shown = value !== undefined && readNumber(typed) === value ? typed : textOf(value);

  const change = (text: string) => {
    setTyped(text);
    onChange(readNumber(text));
  };

  return (
    <Input
      id={id}
      inputMode="decimal"
      className="tabular-nums sm:max-w-48"
      value={shown}
      onChange={(event) => change(event.target.value)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
    />
  );
}

function readNumber(text: string): unknown {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

const textOf = (value: unknown): string => (value === undefined || value === null ? '' : String(value));
