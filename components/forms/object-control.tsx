'use client';

import type { JsonSchema } from '#lib/tasks/types';
import type { ControlProps } from './field-control.tsx';
import { childPointer } from './pointer.ts';
import { isObject } from './schema.ts';
import { SchemaField } from './schema-field.tsx';

type ObjectControlProps = Pick<ControlProps, 'pointer' | 'value' | 'onChange'> & {
  properties: [name: string, schema: JsonSchema][];
  requiredNames: string[];
};

/** The fields of an object; indented unless it is the payload itself. */
export function ObjectControl({ properties, requiredNames, pointer, value, onChange }: ObjectControlProps) {
  const object = isObject(value) ? value : {};

  const change = (name: string, next: unknown) => {
    const { [name]: _, ...others } = object;
    onChange(next === undefined ? others : { ...object, [name]: next });
  };

  // What must be filled in comes first; otherwise the schema's order holds.
  const ordered = properties.toSorted(
    ([a], [b]) => Number(requiredNames.includes(b)) - Number(requiredNames.includes(a)),
  );

  if (properties.length === 0) return <p className="text-[13px] text-muted-foreground">Nothing to fill in.</p>;
  return (
    <div className={pointer === '' ? 'flex flex-col gap-5' : 'flex flex-col gap-4 rounded-md border bg-muted/30 p-3'}>
      {ordered.map(([name, schema]) => (
        <SchemaField
          key={name}
          schema={schema}
          name={name}
          pointer={childPointer(pointer, name)}
          required={requiredNames.includes(name)}
          value={object[name]}
          onChange={(next) => change(name, next)}
        />
      ))}
    </div>
  );
}
