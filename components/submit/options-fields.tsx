'use client';

import { lazy, Suspense } from 'react';
import type { FieldError } from '#lib/errors';
import type { DefinitionInfo } from '#lib/tasks/types';
import { LabelledField } from '../forms/labelled-field.tsx';
import { useHydrated } from '../time/clock.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { optionLabels } from './option-labels.ts';
import type { Options } from './options.ts';
import { WhenField } from './when-field.tsx';

// The page is there without them, and most tasks are submitted without them.
const MoreOptions = lazy(async () => ({ default: (await import('./more-options.tsx')).MoreOptions }));

type OptionsFieldsProps = {
  definition: DefinitionInfo;
  queues: string[];
  options: Options;
  errors: FieldError[];
  /** Show every error; those of folded options only then. */
  showAll: boolean;
  onChange(options: Options): void;
};

/** When, where and how urgently the task shall run, and, folded, all else that can be said of it. */
export function OptionsFields({ definition, queues, options, errors, showAll, onChange }: OptionsFieldsProps) {
  const hydrated = useHydrated();
  const messagesAt = (...pointers: string[]) =>
    errors.filter(({ pointer }) => pointers.includes(pointer)).map(({ message }) => message);
  const change = (next: Partial<Options>) => onChange({ ...options, ...next });
  const names = [...new Set([definition.queue, ...queues])];

  return (
    <Card>
      <CardHeader>
        <CardTitle>Options</CardTitle>
      </CardHeader>
      <div className="flex flex-col gap-4 px-4 py-4">
        <WhenField options={options} messages={messagesAt('/delayMs', '/runAt')} onChange={change} />
        <LabelledField label={optionLabels['/queue']} messages={messagesAt('/queue')}>
          {(attributes) => (
            <Select
              value={options.queue || definition.queue}
              onChange={(event) => change({ queue: event.target.value })}
              {...attributes}
            >
              {names.map((name) => (
                <option key={name} value={name}>
                  {name === definition.queue ? `${name} (the type’s own)` : name}
                </option>
              ))}
            </Select>
          )}
        </LabelledField>
        <LabelledField
          label={optionLabels['/priority']}
          hint="-100 to 100; higher runs sooner."
          messages={messagesAt('/priority')}
        >
          {(attributes) => (
            <Input
              type="number"
              min={-100}
              max={100}
              step={1}
              className="tabular-nums"
              placeholder={String(definition.priority)}
              value={options.priority}
              onChange={(event) => change({ priority: event.target.value })}
              {...attributes}
            />
          )}
        </LabelledField>
      </div>
      {hydrated ? (
        <Suspense fallback={<Skeleton className="m-4 h-40" />}>
          <MoreOptions definition={definition} options={options} errors={showAll ? errors : []} onChange={change} />
        </Suspense>
      ) : (
        <Skeleton className="m-4 h-40" />
      )}
    </Card>
  );
}
