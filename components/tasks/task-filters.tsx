'use client';

import { X } from 'lucide-react';
import type { Ref } from 'react';
import type { DefinitionInfo } from '#lib/tasks/types';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/select.tsx';
import type { TaskFilter } from './filter.ts';

type TaskFiltersProps = {
  filter: TaskFilter;
  definitions: DefinitionInfo[];
  queues: string[];
  onChange(next: Partial<TaskFilter>): void;
  ref?: Ref<HTMLSelectElement>;
};

/** Narrow the list by task type and queue. */
export function TaskFilters({ filter, definitions, queues, onChange, ref }: TaskFiltersProps) {
  const names = withCurrent(
    definitions.map((definition) => definition.name),
    filter.definition,
  );
  return (
    <div className="flex items-center gap-2">
      <Select
        ref={ref}
        aria-label="Task type"
        className="max-w-52 sm:w-48"
        value={filter.definition ?? ''}
        onChange={(event) => onChange({ definition: event.target.value || null })}
      >
        <option value="">All types</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Select
        aria-label="Queue"
        className="max-w-44 sm:w-36"
        value={filter.queue ?? ''}
        onChange={(event) => onChange({ queue: event.target.value || null })}
      >
        <option value="">All queues</option>
        {withCurrent(queues, filter.queue).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      {filter.definition || filter.queue ? (
        <Button
          variant="ghost"
          size="icon"
          aria-label="Clear type and queue"
          onClick={() => onChange({ definition: null, queue: null })}
        >
          <X />
        </Button>
      ) : null}
    </div>
  );
}

const withCurrent = (names: string[], current: string | null): string[] =>
  current && !names.includes(current) ? [...names, current] : names;
