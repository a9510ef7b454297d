'use client';

import { useId, useMemo, useState } from 'react';
import type { FieldError } from '#lib/errors';
import type { JsonSchema } from '#lib/tasks/types';
import { FieldControl } from './field-control.tsx';
import { fieldKind } from './field.ts';
import { FieldMessages } from './field-messages.tsx';
import { FormContext } from './form-context.tsx';

type SchemaFormProps = {
  schema: JsonSchema;
  value: unknown;
  errors: FieldError[];
  /** Show every error; otherwise only those of fields that the reader has left. */
  showAll: boolean;
  onChange(value: unknown): void;
};

/** A form for any JSON Schema, with each error beside its field. */
export function SchemaForm({ schema, value, errors, showAll, onChange }: SchemaFormProps) {
  const id = useId();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const context = useMemo(
    () => ({
      root: schema,
      id,
      messagesAt: (pointer: string) =>
        showAll || touched.has(pointer)
          ? errors.filter((error) => error.pointer === pointer).map(({ message }) => message)
          : [],
      touch: (pointer: string) => setTouched((known) => (known.has(pointer) ? known : new Set(known).add(pointer))),
    }),
    [schema, id, errors, showAll, touched],
  );
  return (
    <FormContext value={context}>
      <FieldMessages id={`${id}-messages`} messages={context.messagesAt('')} />
      <FieldControl
        field={fieldKind(schema, schema)}
        schema={schema}
        id={id}
        pointer=""
        required
        value={value}
        invalid={false}
        describedBy={undefined}
        onChange={onChange}
      />
    </FormContext>
  );
}
