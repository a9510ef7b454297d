'use client';

import type { JsonSchema } from '#lib/tasks/types';
import { Label } from '../ui/label.tsx';
import { cn } from '../ui/cn.ts';
import { fieldKind } from './field.ts';
import { FieldControl } from './field-control.tsx';
import { FieldMessages } from './field-messages.tsx';
import { useForm } from './form-context.tsx';
import { titleOf, withoutNull } from './schema.ts';

export type SchemaFieldProps = {
  schema: JsonSchema;
  name: string;
  pointer: string;
  required: boolean;
  value: unknown;
  /** `undefined` takes the field out of the payload. */
  onChange(value: unknown): void;
};

/** Controls of several elements are a group with a caption; the others have a label. */
const grouped = new Set(['object', 'list', 'union', 'map']);

/** A field of any type: its name, its control, its description and its errors. */
export function SchemaField({ schema: unresolved, name, pointer, required, value, onChange }: SchemaFieldProps) {
  const form = useForm();
  const { schema, nullable } = withoutNull(unresolved, form.root);
  const field = fieldKind(unresolved, form.root);
  const messages = form.messagesAt(pointer);
  const id = `${form.id}${pointer}`;
  const description = typeof schema['description'] === 'string' ? schema['description'] : undefined;
  const control = (
    <FieldControl
      field={field}
      schema={unresolved}
      id={id}
      pointer={pointer}
      required={required}
      value={value}
      invalid={messages.length > 0}
      describedBy={messages.length > 0 || description ? `${id}-messages` : undefined}
      // A field that must be there and may be null is null when it is emptied.
      onChange={(next) => onChange(next === undefined && required && nullable ? null : next)}
    />
  );
  const title = (
    <>
      {titleOf(schema, name)}
      {required ? null : <span className="ml-1.5 text-xs font-normal text-muted-foreground">optional</span>}
    </>
  );
  const text = <FieldMessages id={`${id}-messages`} messages={messages} hint={description} />;

  if (grouped.has(field.kind)) {
    return (
      <fieldset className="flex min-w-0 flex-col gap-1.5">
        <legend className="mb-1.5 text-[13px] font-medium">{title}</legend>
        {text}
        {control}
      </fieldset>
    );
  }
  return (
    <div
      className={cn('flex flex-col gap-1.5', field.kind === 'boolean' && 'gap-1')}
      onBlur={() => form.touch(pointer)}
    >
      <div className={cn(field.kind === 'boolean' ? 'flex items-center justify-between gap-4' : 'contents')}>
        <Label htmlFor={id}>{title}</Label>
        {control}
      </div>
      {text}
    </div>
  );
}
