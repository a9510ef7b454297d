'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import type { Options } from './options.ts';

/** How many run at once. */
export function ConcurrencyGroup({ definition, options, messagesAt, onChange }: GroupProps) {
  const alone = options.mode === 'sync' || (options.mode === '' && definition.mode === 'sync');
  return (
    <OptionGroup
      title="How many at once"
      chosen={options.concurrencyKey || { '': null, sync: 'alone', async: 'side by side' }[options.mode]}
      wrong={messagesAt('/concurrency', '/mode').length > 0}
    >
      <LabelledField label="Runs" messages={messagesAt('/mode')}>
        {(attributes) => (
          <Select
            value={options.mode}
            onChange={(event) => onChange({ mode: event.target.value as Options['mode'] })}
            {...attributes}
          >
            <option value="">
              As the type says ({definition.mode === 'sync' ? 'one at a time' : 'side by side with others'})
            </option>
            <option value="async">Side by side with others</option>
            <option value="sync">One task of this type at a time</option>
          </Select>
        )}
      </LabelledField>
      {alone && options.concurrencyKey === '' ? null : (
        <>
          <LabelledField
            label="Key of its places"
            hint="Tasks with one key, of any type and queue, share their places. Empty: it shares none."
            messages={messagesAt('/concurrency').filter((message) => !message.startsWith('Must be a whole number'))}
          >
            {(attributes) => (
              <Input
                value={options.concurrencyKey}
                onChange={(event) => onChange({ concurrencyKey: event.target.value })}
                {...attributes}
              />
            )}
          </LabelledField>
          <LabelledField
            label="Places of the key"
            hint="So many of them run at once."
            messages={messagesAt('/concurrency/limit')}
          >
            {(attributes) => (
              <Input
                type="number"
                min={1}
                max={10_000}
                placeholder={String(definition.concurrencyLimit ?? 1)}
                value={options.concurrencyLimit}
                onChange={(event) => onChange({ concurrencyLimit: event.target.value })}
                {...attributes}
              />
            )}
          </LabelledField>
        </>
      )}
    </OptionGroup>
  );
}
