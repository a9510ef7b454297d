'use client';

import { LabelledField } from '../forms/labelled-field.tsx';
import { Input } from '../ui/input.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { type GroupProps, OptionGroup } from './option-group.tsx';
import { type Options, tagsOf } from './options.ts';

/** By what it is found again. */
export function LabelsGroup({ options, messagesAt, onChange }: GroupProps) {
  return (
    <OptionGroup
      title="Labels"
      chosen={chosen(options)}
      wrong={messagesAt('/tags', '/correlationId', '/metadata').length > 0}
    >
      <LabelledField
        label="Tags"
        hint="With commas between; lists are filtered by them."
        messages={messagesAt('/tags')}
      >
        {(attributes) => (
          <Input value={options.tags} onChange={(event) => onChange({ tags: event.target.value })} {...attributes} />
        )}
      </LabelledField>
      <LabelledField
        label="Correlation ID"
        hint="Ties together what belongs to one request or case."
        messages={messagesAt('/correlationId')}
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
        label="Metadata"
        hint="A JSON object that the handler sees and lists are searched by."
        messages={messagesAt('/metadata')}
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
