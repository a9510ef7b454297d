'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { Select } from '../ui/select.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import { dependenciesOf, type Options } from './options.ts';

/** Which tasks it waits for. */
export function RelationsGroup({ options, messagesAt, onChange }: GroupProps) {
  const count = dependenciesOf(options).length;
  return (
    <OptionGroup
      title="Waiting for other tasks"
      chosen={count > 0 ? `${count} ${count === 1 ? 'task' : 'tasks'}` : null}
      wrong={messagesAt('/dependsOn', '/onDependencyFailure').length > 0}
    >
      <LabelledField label="Waits for" hint="IDs of tasks, one a line." messages={messagesAt('/dependsOn')}>
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
      <LabelledField label="If one of them does not succeed" messages={messagesAt('/onDependencyFailure')}>
        {(attributes) => (
          <Select
            value={options.onDependencyFailure}
            onChange={(event) =>
              onChange({ onDependencyFailure: event.target.value as Options['onDependencyFailure'] })
            }
            {...attributes}
          >
            <option value="cancel">it is cancelled</option>
            <option value="run">it runs all the same</option>
          </Select>
        )}
      </LabelledField>
    </OptionGroup>
  );
}
