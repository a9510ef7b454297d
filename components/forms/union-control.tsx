'use client';

import { useState } from 'react';
import type { JsonSchema } from '#lib/tasks/types';
import { Select } from '../ui/select.tsx';
import { fieldKind, optionLabel } from './field.ts';
import { FieldControl, type ControlProps } from './field-control.tsx';
import { useForm } from './form-context.tsx';
import { startingValue } from './schema.ts';
import { validate } from './validate.ts';

/** The alternative that a value belongs to: the one that refuses it least. */
function bestOption(options: JsonSchema[], value: unknown, root: JsonSchema): number {
  const faults = options.map((option) => {
    const errors = validate({ ...option, $defs: root['$defs'] }, value);
    return errors.some(({ pointer }) => pointer === '') ? Number.MAX_SAFE_INTEGER : errors.length;
  });
  return faults.indexOf(Math.min(...faults));
}

/** A value of one of several forms: first which, then its fields. */
export function UnionControl({ options, ...control }: ControlProps & { options: JsonSchema[] }) {
  const { root } = useForm();
  const [chosen, setChosen] = useState(() => bestOption(options, control.value, root));
  const option = options[chosen] ?? {};

  const choose = (index: number) => {
    setChosen(index);
    control.onChange(startingValue(options[index] ?? {}, root));
  };

  return (
    <div className="flex flex-col gap-2">
      <Select
        aria-label="Form"
        className="sm:max-w-72"
        value={String(chosen)}
        onChange={(event) => choose(Number(event.target.value))}
      >
        {options.map((one, index) => (
          <option key={optionLabel(one, root, index)} value={index}>
            {optionLabel(one, root, index)}
          </option>
        ))}
      </Select>
      <FieldControl key={chosen} field={fieldKind(option, root)} schema={option} {...control} />
    </div>
  );
}
