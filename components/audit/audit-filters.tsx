'use client';

import { type FormEvent, type ReactNode, useState } from 'react';
import { LabelledField } from '../forms/labelled-field.tsx';
import { visibleText } from '../tasks/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/input.tsx';
import { Select } from '../ui/select.tsx';
import type { AuditFilter } from './filter.ts';

/** Who can have done something, and what there is in the log. */
export type AuditChoices = { actors: { ref: string; name: string }[]; actions: string[] };

type AuditFiltersProps = { filter: AuditFilter; choices: AuditChoices; onChange(filter: AuditFilter): void };

export function AuditFilters({ filter, choices, onChange }: AuditFiltersProps) {
  const { actors, actions } = choices;
  const set = (part: Partial<AuditFilter>) => onChange({ ...filter, ...part });
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Pick label="Who" value={filter.actor} onChange={(actor) => set({ actor })}>
        <option value="">Everybody</option>
        {withChosen(actors, filter.actor).map(({ ref, name }) => (
          <option key={ref} value={ref}>
            {visibleText(name)}
          </option>
        ))}
      </Pick>
      <Pick label="What" value={filter.action} onChange={(action) => set({ action })}>
        <option value="">Everything</option>
        {[...new Set([...actions, filter.action])].filter(Boolean).map((action) => (
          <option key={action} value={action}>
            {action}
          </option>
        ))}
      </Pick>
      <Subject key={filter.subject} value={filter.subject} onChange={(subject) => set({ subject })} />
      <Pick
        label="When"
        value={filter.within}
        onChange={(within) => set({ within: within as AuditFilter['within'], after: '', before: '' })}
      >
        <option value="">At any time</option>
        <option value="1h">In the last hour</option>
        <option value="24h">In the last 24 hours</option>
        <option value="7d">In the last 7 days</option>
        <option value="30d">In the last 30 days</option>
        <option value="between">Between …</option>
      </Pick>
      {filter.within === 'between' ? (
        <>
          <Moment label="From" value={filter.after} onChange={(after) => set({ after })} />
          <Moment label="Until" value={filter.before} onChange={(before) => set({ before })} />
        </>
      ) : null}
    </div>
  );
}

/** Somebody who is gone, or whom an address names, can be chosen too. */
const withChosen = (actors: AuditChoices['actors'], ref: string): AuditChoices['actors'] =>
  ref === '' || actors.some((actor) => actor.ref === ref) ? actors : [...actors, { ref, name: ref }];

type PickProps = { label: string; value: string; onChange(value: string): void; children: ReactNode };

function Pick({ label, value, onChange, children }: PickProps) {
  return (
    <LabelledField label={label} messages={[]}>
      {(attributes) => (
        <Select value={value} onChange={(event) => onChange(event.target.value)} {...attributes}>
          {children}
        </Select>
      )}
    </LabelledField>
  );
}

type FieldProps = { value: string; onChange(value: string): void };

/** Taken when it is entered, so that no half of a name is looked for. */
function Subject({ value, onChange }: FieldProps) {
  const [text, setText] = useState(value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(text.trim());
  };
  return (
    <form onSubmit={submit}>
      <LabelledField label="Of what" messages={[]}>
        {(attributes) => (
          <span className="flex gap-2">
            <Input
              value={text}
              maxLength={200}
              placeholder="queue:default"
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
              {...attributes}
            />
            {text.trim() === value ? null : <Button type="submit">Show</Button>}
          </span>
        )}
      </LabelledField>
    </form>
  );
}

function Moment({ label, value, onChange }: FieldProps & { label: string }) {
  return (
    <LabelledField label={label} messages={[]}>
      {(attributes) => (
        <Input
          type="datetime-local"
          defaultValue={value === '' ? '' : localValue(value)}
          onBlur={({ target }) => onChange(target.value === '' ? '' : new Date(target.value).toISOString())}
          {...attributes}
        />
      )}
    </LabelledField>
  );
}

/** An ISO time as the field wants it, in the reader's zone, to the minute. */
function localValue(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
