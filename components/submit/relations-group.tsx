'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { Select } from '../ui/select.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import { optionLabels } from './option-labels.ts';
import { dependenciesOf, type Options } from './options.ts';

/** Which tasks it waits for. */
export function RelationsGroup({ options, messagesWithin, onChange }: GroupProps) {
  const count = dependenciesOf(options).length;
  return (
    <OptionGroup
      title="Dependencies"
      chosen={count > 0 ? `${count} ${count === 1 ? 'task' : 'tasks'}` : null}
      wrong={messagesWithin('/dependsOn', '/onDependencyFailure').length > 0}
    >
      <LabelledField
        label={optionLabels['/dependsOn']}
        hint="IDs of the tasks that must complete before it starts, one a line."
        messages={messagesWithin('/dependsOn')}
      >
        {(attributes) => (
          <Textarea
            spellCheck={false}
            className="min-h-16 font-mono text-xs"
            value={options.dependsOn}
            onChange={(event) => onChange({ dependsOn: event.target.value })}
            {...attributes}
          />
        )}
      </LabelledField>
      <LabelledField label={optionLabels['/onDependencyFailure']} messages={messagesWithin('/onDependencyFailure')}>
        {(attributes) => (
          <Select
            value={options.onDependencyFailure}
            onChange={(event) =>
              onChange({ onDependencyFailure: event.target.value as Options['onDependencyFailure'] })
            }
            {...attributes}
          >
            <option value="cancel">Cancel this task</option>
            <option value="run">Run this task all the same</option>
          </Select>
        )}
      </LabelledField>
    </OptionGroup>
  );
}
