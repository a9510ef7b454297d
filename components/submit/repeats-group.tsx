'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import type { Options } from './options.ts';
import { SpanField } from './span-field.tsx';

const summaries: Record<Options['repeats'], string | null> = {
  new: null,
  unique: 'one at a time',
  debounce: 'once it is quiet',
};

/** What becomes of it when the same is submitted again. */
export function RepeatsGroup({ options, messagesAt, onChange }: GroupProps) {
  const { repeats } = options;
  const wrong = messagesAt('/unique', '/debounce', '/supersede').length > 0;
  return (
    <OptionGroup
      title="The same again"
      chosen={summaries[repeats] ?? (options.supersedeKey ? 'replaces older ones' : null)}
      wrong={wrong}
    >
      <LabelledField
        label="A second submit"
        messages={messagesAt('/debounce').filter((text) => text.startsWith('Waiting'))}
      >
        {(attributes) => (
          <Select
            value={repeats}
            onChange={(event) => onChange({ repeats: event.target.value as Options['repeats'] })}
            {...attributes}
          >
            <option value="new">makes a second task</option>
            <option value="unique">with the same key leads to the first task</option>
            <option value="debounce">with the same key is gathered into one run</option>
          </Select>
        )}
      </LabelledField>
      {repeats === 'new' ? null : (
        <LabelledField
          label="Key"
          hint="Any text that such submits share, for example a customer’s number."
          messages={messagesAt(`/${repeats}/key`)}
        >
          {(attributes) => (
            <Input
              value={options.repeatKey}
              onChange={(event) => onChange({ repeatKey: event.target.value })}
              {...attributes}
            />
          )}
        </LabelledField>
      )}
      {repeats === 'unique' ? (
        <SpanField
          label="For how long"
          hint="From its making, ended or not. Empty: until the first task has ended."
          messages={messagesAt('/unique/windowMs')}
          value={options.uniqueFor}
          onChange={(uniqueFor) => onChange({ uniqueFor })}
        />
      ) : null}
      {repeats === 'debounce' ? <DebounceFields {...{ options, messagesAt, onChange }} /> : null}
      <LabelledField
        label="Replaces older tasks with the key"
        hint="Those that wait are cancelled. Empty: it replaces none."
        messages={messagesAt('/supersede/key')}
      >
        {(attributes) => (
          <Input
            value={options.supersedeKey}
            onChange={(event) => onChange({ supersedeKey: event.target.value })}
            {...attributes}
          />
        )}
      </LabelledField>
      {options.supersedeKey === '' ? null : (
        <label className="flex items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-primary"
            checked={options.supersedeRunning}
            onChange={(event) => onChange({ supersedeRunning: event.target.checked })}
          />
          Stop those that run, too
        </label>
      )}
    </OptionGroup>
  );
}

function DebounceFields({ options, messagesAt, onChange }: Omit<GroupProps, 'definition'>) {
  return (
    <>
      <LabelledField label="It runs" messages={[]}>
        {(attributes) => (
          <Select
            value={options.debounceMode}
            onChange={(event) => onChange({ debounceMode: event.target.value as Options['debounceMode'] })}
            {...attributes}
          >
            <option value="trailing">after the last submit, with its payload</option>
            <option value="leading">at the first submit, with its payload</option>
          </Select>
        )}
      </LabelledField>
      <SpanField
        label="Quiet for"
        messages={messagesAt('/debounce/delayMs')}
        value={options.quietFor}
        onChange={(quietFor) => onChange({ quietFor })}
      />
      <SpanField
        label="At the latest after"
        hint="However often it is submitted. Empty: no limit."
        messages={messagesAt('/debounce/maxWaitMs')}
        value={options.longestQuiet}
        onChange={(longestQuiet) => onChange({ longestQuiet })}
      />
    </>
  );
}
