'use client';

import type { JsonSchema } from '#lib/tasks/types';
import { Input } from '../ui/input.tsx';
import { Switch } from '../ui/switch.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { ChoiceControl } from './choice-control.tsx';
import { DateTimeControl } from './date-time-control.tsx';
import type { FieldKind } from './field.ts';
import { FileControl } from './file-control.tsx';
import { JsonControl } from './json-control.tsx';
import { ListControl } from './list-control.tsx';
import { MapControl } from './map-control.tsx';
import { NumberControl } from './number-control.tsx';
import { ObjectControl } from './object-control.tsx';
import { UnionControl } from './union-control.tsx';

export type ControlProps = {
  id: string;
  pointer: string;
  required: boolean;
  value: unknown;
  invalid: boolean;
  describedBy: string | undefined;
  onChange(value: unknown): void;
};

const inputTypes: Record<string, string> = { email: 'email', uri: 'url', date: 'date' };

/** The control for a kind of field. */
export function FieldControl({ field, schema, ...control }: ControlProps & { field: FieldKind; schema: JsonSchema }) {
  const { id, value, invalid, describedBy, onChange } = control;
  const aria = { 'aria-invalid': invalid || undefined, 'aria-describedby': describedBy };
  switch (field.kind) {
    case 'text':
      return (
        <Input
          id={id}
          type={inputTypes[String(schema['format'])] ?? 'text'}
          value={textOf(value)}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
          {...aria}
        />
      );
    case 'textarea':
      return (
        <Textarea
          id={id}
          className="max-h-96"
          value={textOf(value)}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
          {...aria}
        />
      );
    case 'datetime':
      return <DateTimeControl {...control} />;
    case 'number':
      return <NumberControl {...control} />;
    case 'boolean':
      return <Switch id={id} checked={value === true} onCheckedChange={onChange} {...aria} />;
    case 'const':
      return <Input id={id} readOnly value={textOf(field.value)} className="bg-muted" {...aria} />;
    case 'choice':
      return <ChoiceControl options={field.options} {...control} />;
    case 'file':
      return <FileControl accept={field.accept} {...control} />;
    case 'list':
      return <ListControl items={field.items} {...control} />;
    case 'object':
      return <ObjectControl properties={field.properties} requiredNames={field.required} {...control} />;
    case 'union':
      return <UnionControl options={field.options} {...control} />;
    case 'map':
      return <MapControl {...control} />;
    case 'json':
      return <JsonControl {...control} />;
  }
}

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
