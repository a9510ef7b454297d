'use client';

import { useId } from 'react';
import type { FieldError } from '#lib/errors';
import type { DefinitionInfo } from '#lib/tasks/types';
import { FieldMessages } from '../forms/field-messages.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Input } from '../ui/input.tsx';
import { Label } from '../ui/label.tsx';
import { Select } from '../ui/select.tsx';
import type { Options } from './options.ts';
import { WhenField } from './when-field.tsx';

type OptionsFieldsProps = {
  definition: DefinitionInfo;
  queues: string[];
  options: Options;
  errors: FieldError[];
  onChange(options: Options): void;
};

/** When, where and how urgently the task shall run. */
export function OptionsFields({ definition, queues, options, errors, onChange }: OptionsFieldsProps) {
  const id = useId();
  const messagesAt = (...pointers: string[]) =>
    errors.filter(({ pointer }) => pointers.includes(pointer)).map(({ message }) => message);
  const change = (next: Partial<Options>) => onChange({ ...options, ...next });
  const priorityErrors = messagesAt('/priority');
  const queueErrors = messagesAt('/queue');
  const names = queues.includes(definition.queue) ? queues : [definition.queue, ...queues];

  return (
    <Card>
      <CardHeader>
        <CardTitle>Options</CardTitle>
      </CardHeader>
      <div className="flex flex-col gap-4 px-4 py-4">
        <WhenField options={options} messages={messagesAt('/delayMs', '/runAt')} onChange={change} />
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-queue`}>Queue</Label>
          <Select
            id={`${id}-queue`}
            value={options.queue || definition.queue}
            aria-invalid={queueErrors.length > 0 || undefined}
            aria-describedby={`${id}-queue-messages`}
            onChange={(event) => change({ queue: event.target.value })}
          >
            {names.map((name) => (
              <option key={name} value={name}>
                {name === definition.queue ? `${name} (as the type says)` : name}
              </option>
            ))}
          </Select>
          <FieldMessages id={`${id}-queue-messages`} messages={queueErrors} />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor={`${id}-priority`}>Priority</Label>
          <Input
            id={`${id}-priority`}
            type="number"
            min={-100}
            max={100}
            step={1}
            className="tabular-nums"
            value={options.priority}
            aria-invalid={priorityErrors.length > 0 || undefined}
            aria-describedby={`${id}-priority-messages`}
            onChange={(event) => change({ priority: event.target.value })}
          />
          <FieldMessages
            id={`${id}-priority-messages`}
            messages={priorityErrors}
            hint="-100 to 100; higher runs sooner."
          />
        </div>
      </div>
    </Card>
  );
}
