'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { formatDuration } from '../time/format.ts';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import type { Options } from './options.ts';
import { isGiven } from './span.ts';
import { SpanField } from './span-field.tsx';

/** How often it is tried, how far apart, and for how long. */
export function RetriesGroup({ definition, options, messagesAt, onChange }: GroupProps) {
  const { attempts, backoff } = definition.retry;
  const all = messagesAt('/attempts', '/backoff', '/timeoutMs', '/ttlMs');
  return (
    <OptionGroup title="Retries and time limits" chosen={chosen(options)} wrong={all.length > 0}>
      <LabelledField label="Attempts" messages={messagesAt('/attempts')} hint="1 to 100, the first one included.">
        {(attributes) => (
          <Input
            type="number"
            min={1}
            max={100}
            placeholder={String(attempts)}
            value={options.attempts}
            onChange={(event) => onChange({ attempts: event.target.value })}
            {...attributes}
          />
        )}
      </LabelledField>
      <LabelledField label="Pauses between them" messages={messagesAt('/backoff/type')}>
        {(attributes) => (
          <Select
            value={options.backoff}
            onChange={(event) => onChange({ backoff: event.target.value as Options['backoff'] })}
            {...attributes}
          >
            <option value="">As the type says ({backoff.type === 'exponential' ? 'growing' : backoff.type})</option>
            <option value="fixed">All the same</option>
            <option value="exponential">Twice as long each time</option>
          </Select>
        )}
      </LabelledField>
      <SpanField
        label="First pause"
        placeholder={formatDuration(backoff.delay)}
        messages={messagesAt('/backoff/delay')}
        value={options.pause}
        onChange={(pause) => onChange({ pause })}
      />
      <SpanField
        label="Longest pause"
        placeholder={formatDuration(backoff.max)}
        messages={messagesAt('/backoff/max')}
        value={options.longestPause}
        onChange={(longestPause) => onChange({ longestPause })}
      />
      <LabelledField
        label="Spread pauses"
        messages={messagesAt('/backoff/jitter')}
        hint="Shortens each by up to half at random, so that tasks that failed together do not come back together."
      >
        {(attributes) => (
          <Select
            value={options.jitter}
            onChange={(event) => onChange({ jitter: event.target.value as Options['jitter'] })}
            {...attributes}
          >
            <option value="">As the type says ({backoff.jitter ? 'yes' : 'no'})</option>
            <option value="yes">Yes</option>
            <option value="no">No</option>
          </Select>
        )}
      </LabelledField>
      <SpanField
        label="Time limit of an attempt"
        placeholder={formatDuration(definition.timeoutMs)}
        messages={messagesAt('/timeoutMs')}
        value={options.timeout}
        onChange={(timeout) => onChange({ timeout })}
      />
      <SpanField
        label="Must start within"
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
