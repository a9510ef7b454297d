'use client';

import { InputField } from '../forms/input-field.tsx';
import { LabelledField } from '../forms/labelled-field.tsx';
import { Select } from '../ui/select.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import { optionLabels } from './option-labels.ts';
import type { Options } from './options.ts';
import { SpanField } from './span-field.tsx';

/** What becomes of it when the same is submitted again. */
export function DuplicatesGroup({ options, messagesAt, messagesWithin, onChange }: GroupProps) {
  const { repeats } = options;
  return (
    <OptionGroup
      title="Duplicates"
      chosen={chosen(options)}
      wrong={messagesWithin('/unique', '/debounce', '/supersede').length > 0}
    >
      <LabelledField
        label={optionLabels['/unique']}
        hint="What happens when it is submitted again with the same key."
        messages={messagesAt('/unique', '/debounce')}
      >
        {(attributes) => (
          <Select
            value={repeats}
            onChange={(event) => onChange({ repeats: event.target.value as Options['repeats'] })}
            {...attributes}
          >
            <option value="new">Default: every submit makes a task</option>
            <option value="unique">Unique: no new task, the first one stands</option>
            <option value="debounce">Debounce: many submits, one task</option>
          </Select>
        )}
      </LabelledField>
      {repeats === 'new' ? null : (
        <InputField
          label={optionLabels[`/${repeats}/key` as const]}
          hint="Any text that such submits share, for example a customer’s number."
          messages={messagesAt(`/${repeats}/key`)}
          value={options.repeatKey}
          onChange={(repeatKey) => onChange({ repeatKey })}
        />
      )}
      {repeats === 'unique' ? (
        <SpanField
          label={optionLabels['/unique/windowMs']}
          hint="Counted from when the first task was made. Empty: until it has ended."
          messages={messagesAt('/unique/windowMs')}
          value={options.uniqueFor}
          onChange={(uniqueFor) => onChange({ uniqueFor })}
        />
      ) : null}
      {repeats === 'debounce' ? <DebounceFields {...{ options, messagesAt, onChange }} /> : null}
      <InputField
        label={optionLabels['/supersede']}
        hint="Cancels the older tasks with this key that still wait. Empty: none."
        messages={messagesWithin('/supersede')}
        value={options.supersedeKey}
        onChange={(supersedeKey) => onChange({ supersedeKey })}
      />
      {options.supersedeKey === '' ? null : (
        <label className="flex items-center gap-2 text-[13px]">
          <input
            type="checkbox"
            className="size-4 accent-primary"
            checked={options.supersedeRunning}
            onChange={(event) => onChange({ supersedeRunning: event.target.checked })}
          />
          Cancel those that run, too
        </label>
      )}
    </OptionGroup>
  );
}

function chosen({ repeats, supersedeKey }: Options): string | null {
  if (repeats !== 'new') return repeats;
  return supersedeKey === '' ? null : 'supersede';
}

function DebounceFields({ options, messagesAt, onChange }: Pick<GroupProps, 'options' | 'messagesAt' | 'onChange'>) {
  return (
    <>
      <LabelledField
        label={optionLabels['/debounce/mode']}
        hint="Which of the submits runs, and with whose payload."
        messages={messagesAt('/debounce/mode')}
      >
        {(attributes) => (
          <Select
            value={options.debounceMode}
            onChange={(event) => onChange({ debounceMode: event.target.value as Options['debounceMode'] })}
            {...attributes}
          >
            <option value="trailing">Trailing: the last one, after the delay</option>
            <option value="leading">Leading: the first one, at once</option>
          </Select>
        )}
      </LabelledField>
      <SpanField
        label={optionLabels['/debounce/delayMs']}
        hint="How long nothing more may be submitted with the key; each submit begins it anew."
        messages={messagesAt('/debounce/delayMs')}
        value={options.quietFor}
        onChange={(quietFor) => onChange({ quietFor })}
      />
      <SpanField
        label={optionLabels['/debounce/maxWaitMs']}
        hint="It ends the delay, however often is submitted. Empty: no limit."
        messages={messagesAt('/debounce/maxWaitMs')}
        value={options.longestQuiet}
        onChange={(longestQuiet) => onChange({ longestQuiet })}
      />
    </>
  );
}
