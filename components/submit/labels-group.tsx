'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { Input } from '../ui/input.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import { optionLabels } from './option-labels.ts';
import { type Options, tagsOf } from './options.ts';

/** By what it is found again. */
export function LabelsGroup({ options, messagesWithin, onChange }: GroupProps) {
  return (
    <OptionGroup
      title="Tags and metadata"
      chosen={chosen(options)}
      wrong={messagesWithin('/tags', '/correlationId', '/metadata').length > 0}
    >
      <LabelledField
        label={optionLabels['/tags']}
        hint="With commas between. Lists of tasks can be filtered by them."
        messages={messagesWithin('/tags')}
      >
        {(attributes) => (
          <Input value={options.tags} onChange={(event) => onChange({ tags: event.target.value })} {...attributes} />
        )}
      </LabelledField>
      <LabelledField
        label={optionLabels['/correlationId']}
        hint="Any text that tasks of one request or case share, to find them together."
        messages={messagesWithin('/correlationId')}
      >
        {(attributes) => (
          <Input
            value={options.correlationId}
            onChange={(event) => onChange({ correlationId: event.target.value })}
            {...attributes}
          />
        )}
      </LabelledField>
      <LabelledField
        label={optionLabels['/metadata']}
        hint="A JSON object that the handler sees and the search finds."
        messages={messagesWithin('/metadata')}
      >
        {(attributes) => (
          <Textarea
            spellCheck={false}
            placeholder="{ }"
            className="max-h-64 min-h-16 font-mono text-xs"
            value={options.metadata}
            onChange={(event) => onChange({ metadata: event.target.value })}
            {...attributes}
          />
        )}
      </LabelledField>
    </OptionGroup>
  );
}

function chosen(options: Options): string | null {
  const tags = tagsOf(options);
  if (tags.length > 0) return tags.join(', ');
  return options.correlationId !== '' || options.metadata !== '' ? 'given' : null;
}
