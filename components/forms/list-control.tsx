'use client';

import { Plus, X } from 'lucide-react';
import type { JsonSchema } from '#lib/tasks/types';
import { Button } from '../ui/button.tsx';
import type { ControlProps } from './field-control.tsx';
import { useForm } from './form-context.tsx';
import { childPointer } from './pointer.ts';
import { SchemaField } from './schema-field.tsx';
import { startingValue } from './schema.ts';

/** Past this, the raw JSON view is the better tool. */
const maxShown = 100;

/** A list whose items are added and removed one by one. */
export function ListControl({ items, pointer, value, onChange }: ControlProps & { items: JsonSchema }) {
  const { root } = useForm();
  const list: unknown[] = Array.isArray(value) ? value : [];
  if (list.length > maxShown) {
    return <p className="text-[13px] text-muted-foreground">{list.length} items: edit them as JSON.</p>;
  }
  return (
    <div className="flex flex-col gap-2">
      {list.map((item, index) => (
        // Items have no identity of their own: their place is all there is.
        <div key={`${pointer}/${index}`} className="flex items-start gap-1.5">
          <div className="min-w-0 flex-1">
            <SchemaField
              schema={items}
              name={`Item ${index + 1}`}
              pointer={childPointer(pointer, String(index))}
              required
              value={item}
              onChange={(next) => onChange(list.with(index, next ?? null))}
            />
          </div>
          <Button
            variant="ghost"
            size="icon-sm"
            className="text-muted-foreground"
            aria-label={`Remove item ${index + 1}`}
            onClick={() => onChange(list.toSpliced(index, 1))}
          >
            <X />
          </Button>
        </div>
      ))}
      <Button size="sm" className="self-start" onClick={() => onChange([...list, startingValue(items, root) ?? ''])}>
        <Plus /> Add
      </Button>
    </div>
  );
}
