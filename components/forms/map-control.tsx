'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import type { ControlProps } from './field-control.tsx';
import { isObject } from './schema.ts';

type Row = [name: string, text: string];

const toRows = (value: unknown): Row[] =>
  isObject(value)
    ? Object.entries(value).map(([name, text]) => [name, typeof text === 'string' ? text : JSON.stringify(text)])
    : [];

/** A row without a name is still being typed: it is not part of the value. */
const toValue = (rows: Row[]): Record<string, string> => Object.fromEntries(rows.filter(([name]) => name !== ''));

/** Names and texts, as in HTTP headers. */
export function MapControl({ value, onChange }: Pick<ControlProps, 'value' | 'onChange'>) {
  const [typed, setTyped] = useState(() => toRows(value));
  const rows = JSON.stringify(toValue(typed)) === JSON.stringify(value ?? {}) ? typed : toRows(value);

  const change = (next: Row[]) => {
    setTyped(next);
    onChange(toValue(next));
  };

  return (
    <div className="flex flex-col gap-2">
      {rows.map(([name, text], index) => (
        // A row's name changes while it is typed: its place is what identifies it.
        <div key={`row-${index}`} className="flex gap-1.5">
          <Input
            aria-label={`Name ${index + 1}`}
            className="flex-2 font-mono text-xs"
            placeholder="Name"
            value={name}
            onChange={(event) => change(rows.with(index, [event.target.value, text]))}
          />
          <Input
            aria-label={`Value ${index + 1}`}
            className="flex-3 font-mono text-xs"
            placeholder="Value"
            value={text}
            onChange={(event) => change(rows.with(index, [name, event.target.value]))}
          />
          <Button
            variant="ghost"
            size="icon"
            className="text-muted-foreground"
            aria-label={`Remove row ${index + 1}`}
            onClick={() => change(rows.toSpliced(index, 1))}
          >
            <X />
          </Button>
        </div>
      ))}
      <Button size="sm" className="self-start" onClick={() => change([...rows, ['', '']])}>
        <Plus /> Add
      </Button>
    </div>
  );
}
