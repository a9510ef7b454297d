'use client';

import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import { FieldMessages } from '../forms/field-messages.tsx';
import { cn } from '../ui/cn.ts';
import { Input } from '../ui/input.tsx';
import { segmentClasses, trackClasses } from '../ui/segments.ts';
import { optionLabels } from './option-labels.ts';
import type { Options } from './options.ts';
import { SpanInputs } from './span-field.tsx';

type WhenFieldProps = { options: Options; messages: string[]; onChange(next: Partial<Options>): void };

const choices: { value: Options['when']; label: string }[] = [
  { value: 'now', label: 'Now' },
  { value: 'delay', label: 'Later' },
  { value: 'date', label: 'At a date' },
];

/** Now, after a delay, or at a date. */
export function WhenField({ options, messages, onChange }: WhenFieldProps) {
  const id = useId();
  const aria = { 'aria-invalid': messages.length > 0 || undefined, 'aria-describedby': `${id}-messages` };
  return (
    <div className="flex flex-col gap-1.5">
      <span id={`${id}-label`} className="text-[13px] font-medium">
        {optionLabels['/runAt']}
      </span>
      <RadioGroup.Root
        aria-labelledby={`${id}-label`}
        value={options.when}
        onValueChange={(when) => onChange({ when: when as Options['when'] })}
        className={cn('grid grid-cols-3', trackClasses)}
      >
        {choices.map(({ value, label }) => (
          <RadioGroup.Item key={value} value={value} className={segmentClasses}>
            {label}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {options.when === 'delay' ? (
        <SpanInputs label="Delay" value={options.delay} onChange={(delay) => onChange({ delay })} {...aria} />
      ) : null}
      {options.when === 'date' ? (
        <Input
          aria-label="Date and time"
          type="datetime-local"
          step={1}
          value={options.date}
          onChange={(event) => onChange({ date: event.target.value })}
          {...aria}
        />
      ) : null}
      <FieldMessages
        id={`${id}-messages`}
        messages={messages}
        hint={options.when === 'date' ? 'In your time zone. A date in the past starts at once.' : undefined}
      />
    </div>
  );
}
