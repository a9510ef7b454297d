'use client';

import { InputField } from '../forms/input-field.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { formatDuration } from '../time/format.ts';
import { Select } from '../ui/select.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import { optionLabels } from './option-labels.ts';
import type { Options } from './options.ts';
import { isGiven } from './span.ts';
import { SpanField } from './span-field.tsx';

/** How often it is tried, how far apart, and for how long. */
export function RetriesGroup({ definition, options, messagesAt, messagesWithin, onChange }: GroupProps) {
  const { attempts, backoff } = definition.retry;
  const all = messagesWithin('/attempts', '/backoff', '/timeoutMs', '/ttlMs');
  return (
    <OptionGroup title="Retries and time limits" chosen={chosen(options)} wrong={all.length > 0}>
      <InputField
        label={optionLabels['/attempts']}
        hint="How often it is tried at most, 1 to 100, the first time included."
        messages={messagesAt('/attempts')}
        type="number"
        min={1}
        max={100}
        placeholder={String(attempts)}
        value={options.attempts}
        onChange={(next) => onChange({ attempts: next })}
      />
      <LabelledField
        label={optionLabels['/backoff/type']}
        hint="How the pauses between attempts grow."
        messages={messagesAt('/backoff', '/backoff/type')}
      >
        {(attributes) => (
          <Select
            value={options.backoff}
            onChange={(event) => onChange({ backoff: event.target.value as Options['backoff'] })}
            {...attributes}
          >
            <option value="">Default ({backoff.type})</option>
            <option value="fixed">Fixed: all pauses are the same</option>
            <option value="exponential">Exponential: each is twice the one before</option>
          </Select>
        )}
      </LabelledField>
      <SpanField
        label={optionLabels['/backoff/delay']}
        hint="The pause after the first attempt."
        placeholder={formatDuration(backoff.delay)}
        messages={messagesAt('/backoff/delay')}
        value={options.pause}
        onChange={(pause) => onChange({ pause })}
      />
      <SpanField
        label={optionLabels['/backoff/max']}
        hint="No pause grows beyond it."
        placeholder={formatDuration(backoff.max)}
        messages={messagesAt('/backoff/max')}
        value={options.longestPause}
        onChange={(longestPause) => onChange({ longestPause })}
      />
      <LabelledField
        label={optionLabels['/backoff/jitter']}
        messages={messagesAt('/backoff/jitter')}
        hint="Shortens each pause by up to half at random, so that tasks that failed together do not come back together."
      >
        {(attributes) => (
          <Select
            value={options.jitter}
            onChange={(event) => onChange({ jitter: event.target.value as Options['jitter'] })}
            {...attributes}
          >
            <option value="">Default ({backoff.jitter ? 'yes' : 'no'})</option>
            <option value="yes">Yes</option>
            <option value="no">No</option>
          </Select>
        )}
      </LabelledField>
      <SpanField
        label={optionLabels['/timeoutMs']}
        hint="An attempt that takes longer is stopped and counts as failed."
        placeholder={formatDuration(definition.timeoutMs)}
        messages={messagesAt('/timeoutMs')}
        value={options.timeout}
        onChange={(timeout) => onChange({ timeout })}
      />
      <SpanField
        label={optionLabels['/ttlMs']}
        hint="Counted from when it could start; later it is cancelled instead."
        placeholder={definition.ttlMs === null ? 'no limit' : formatDuration(definition.ttlMs)}
        messages={messagesAt('/ttlMs')}
        value={options.ttl}
        onChange={(ttl) => onChange({ ttl })}
      />
    </OptionGroup>
  );
}

function chosen({ attempts, backoff, pause, longestPause, jitter, timeout, ttl }: Options): string | null {
  if (attempts !== '') return `${attempts} attempts`;
  const changed = backoff !== '' || jitter !== '' || [pause, longestPause, timeout, ttl].some(isGiven);
  return changed ? 'changed' : null;
}
