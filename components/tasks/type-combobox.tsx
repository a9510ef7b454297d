'use client';

import { type KeyboardEvent, useId, useState } from 'react';
import type { DefinitionInfo } from '#lib/tasks/types';
import { cn } from '../ui/cn.ts';
import { Input } from '../ui/input.tsx';

type TypeComboboxProps = {
  id: string;
  value: string;
  definitions: DefinitionInfo[];
  invalid: boolean;
  describedBy: string | undefined;
  onChange(value: string): void;
};

/** A text field that knows the registered task types. */
export function TypeCombobox({ id, value, definitions, invalid, describedBy, onChange }: TypeComboboxProps) {
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const wanted = value.toLowerCase();
  const exact = definitions.some((definition) => definition.name === value);
  const options = exact
    ? definitions
    : definitions.filter(
        ({ name, title }) => name.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted),
      );
  const shown = open && options.length > 0;

  const choose = (name: string) => {
    onChange(name);
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setOpen(true);
      setActive((at) => (at + step + options.length) % Math.max(1, options.length));
    } else if (event.key === 'Enter' && shown && options[active]) {
      event.preventDefault();
      choose(options[active].name);
    } else if (event.key === 'Escape' && shown) {
      event.stopPropagation();
      setOpen(false);
    }
  };

  return (
    <div className="relative">
      <Input
        id={id}
        name="taskType"
        role="combobox"
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown && options[active] ? `${listId}-${active}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        spellCheck={false}
        placeholder="sendMessage"
        className="font-mono"
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <ul
        id={listId}
        role="listbox"
        aria-label="Task types"
        hidden={!shown}
        className="absolute inset-x-0 top-full z-10 mt-1 max-h-56 overflow-y-auto rounded-lg border bg-popover p-1 shadow-float"
      >
        {options.map((definition, index) => (
          <li
            key={definition.name}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={definition.name === value}
            // Before the blur, which would close the list under the pointer.
            onPointerDown={(event) => {
              event.preventDefault();
              choose(definition.name);
            }}
            className={cn(
              'flex cursor-pointer items-baseline gap-2 rounded-sm px-2 py-1.5 text-[13px] hover:bg-accent',
              index === active && 'bg-accent',
            )}
          >
            <span className="shrink-0 font-mono">{definition.name}</span>
            <span className="truncate text-xs text-muted-foreground">{definition.title}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
