'use client';

import { InputField } from '../forms/input-field.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { Select } from '../ui/select.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import { optionLabels } from './option-labels.ts';
import type { Options } from './options.ts';

/** How many run at once. */
export function ConcurrencyGroup({ definition, options, messagesAt, messagesWithin, onChange }: GroupProps) {
  const sync = options.mode === 'sync' || (options.mode === '' && definition.mode === 'sync');
  return (
    <OptionGroup
      title="Concurrency"
      chosen={options.concurrencyKey || options.mode || null}
      wrong={messagesWithin('/concurrency', '/mode').length > 0}
    >
      <LabelledField
        label={optionLabels['/mode']}
        hint="Whether it may run beside other tasks of its type."
        messages={messagesAt('/mode')}
      >
        {(attributes) => (
          <Select
            value={options.mode}
            onChange={(event) => onChange({ mode: event.target.value as Options['mode'] })}
            {...attributes}
          >
            <option value="">Default ({definition.mode})</option>
            <option value="async">Async: side by side with others</option>
            <option value="sync">Sync: one task of this type at a time</option>
          </Select>
        )}
      </LabelledField>
      {sync && options.concurrencyKey === '' ? null : (
        <>
          <InputField
            label={optionLabels['/concurrency/key']}
            hint="Tasks with the same key, of any type and on any queue, count against one limit."
            messages={messagesAt('/concurrency', '/concurrency/key')}
            value={options.concurrencyKey}
            onChange={(concurrencyKey) => onChange({ concurrencyKey })}
          />
          <InputField
            label={optionLabels['/concurrency/limit']}
            hint="How many tasks with the key run at the same time; the others wait."
            messages={messagesAt('/concurrency/limit')}
            type="number"
            min={1}
            max={10_000}
            placeholder={String(definition.concurrencyLimit ?? 1)}
            value={options.concurrencyLimit}
            onChange={(concurrencyLimit) => onChange({ concurrencyLimit })}
          />
        </>
      )}
    </OptionGroup>
  );
}
