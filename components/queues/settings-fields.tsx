'use client';

import type { ComponentProps } from 'react';
import { fieldMessages } from '../api/problem.ts';
import { InputField } from '../forms/input-field.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { Switch } from '../ui/switch.tsx';
import type { SettingsForm } from './settings-form.ts';

type SettingsFieldsProps = {
  form: SettingsForm;
  /** The refusal of what was sent last: its messages stand at their fields. */
  error: unknown;
  onChange(form: SettingsForm): void;
};

/** What a queue can be told. */
export function SettingsFields({ form, error, onChange }: SettingsFieldsProps) {
  const number = (
    name: 'concurrency' | 'globalConcurrency' | 'highWater' | 'waitingLimit' | 'rateMax' | 'rateSeconds',
  ) => ({
    value: form[name],
    onChange: (value: string) => onChange({ ...form, [name]: value }),
  });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <NumberField
        label="Concurrency"
        hint="Tasks at once in each worker."
        messages={fieldMessages(error, '/concurrency')}
        {...number('concurrency')}
      />
      <NumberField
        label="Global concurrency"
        hint="Tasks at once over all workers. Empty: no limit."
        messages={fieldMessages(error, '/globalConcurrency')}
        {...number('globalConcurrency')}
      />
      <NumberField
        label="Rate limit"
        hint="So many tasks start at most, over all workers. Empty: no limit."
        messages={[...fieldMessages(error, '/rateLimit'), ...fieldMessages(error, '/rateLimit/max')]}
        {...number('rateMax')}
      />
      <NumberField
        label="Rate limit window"
        hint="The seconds in which that many start."
        messages={fieldMessages(error, '/rateLimit/perMs')}
        {...number('rateSeconds')}
      />
      <NumberField
        label="Waiting limit"
        hint="When so many wait, new tasks are refused. Empty: no limit."
        messages={fieldMessages(error, '/waitingLimit')}
        {...number('waitingLimit')}
      />
      <NumberField
        label="High-water mark"
        hint="So many jobs stand in BullMQ at most; other due tasks wait in the database."
        messages={fieldMessages(error, '/highWater')}
        {...number('highWater')}
      />
      <SwitchField
        label="One at a time"
        hint="Over all workers, the highest priority first."
        checked={form.serial}
        onCheckedChange={(serial) => onChange({ ...form, serial })}
      />
      <SwitchField
        label="Take no new tasks"
        hint="Those it has still run."
        checked={form.draining}
        onCheckedChange={(draining) => onChange({ ...form, draining })}
      />
    </div>
  );
}

function NumberField(field: ComponentProps<typeof InputField>) {
  return <InputField inputMode="decimal" className="tabular-nums" {...field} />;
}

function SwitchField({ label, hint, ...control }: { label: string; hint: string } & ComponentProps<typeof Switch>) {
  return (
    <LabelledField label={label} hint={hint} messages={[]}>
      {(attributes) => <Switch {...attributes} {...control} />}
    </LabelledField>
  );
}
