'use client';

import { useTheme } from 'next-themes';
import { type ReactNode, useId } from 'react';
import { HydratedFieldset } from '../forms/hydrated-fieldset.tsx';
import { useAppearance, useChangeAppearance } from '../shell/appearance-provider.tsx';
import { useHydrated } from '../time/clock.tsx';
import { Card, CardHeader, CardTitle } from '../ui/card.tsx';
import { cn } from '../ui/cn.ts';
import { segmentClasses, trackClasses } from '../ui/segments.ts';

/** How the pages look in this browser. */
export function AppearancePage() {
  return (
    <HydratedFieldset>
      <Card>
        <CardHeader>
          <CardTitle>Appearance</CardTitle>
        </CardHeader>
        <div className="divide-y">
          <ThemeChoice />
          <Choices />
        </div>
        <p className="border-t bg-muted/30 px-4 py-2.5 text-xs text-muted-foreground">
          Kept in this browser. Motion follows your system: where it asks for less, nothing here moves.
        </p>
      </Card>
    </HydratedFieldset>
  );
}

function ThemeChoice() {
  const { theme, setTheme } = useTheme();
  const hydrated = useHydrated();
  return (
    <Choice
      name="Theme"
      value={hydrated ? (theme ?? 'system') : ''}
      options={[
        { value: 'system', label: 'System' },
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
      onChange={setTheme}
    >
      Light, dark, or as your system says.
    </Choice>
  );
}

function Choices() {
  const appearance = useAppearance();
  const change = useChangeAppearance();
  return (
    <>
      <Choice
        name="Density"
        value={appearance.density}
        options={[
          { value: 'comfortable', label: 'Comfortable' },
          { value: 'compact', label: 'Compact' },
        ]}
        onChange={(density) => change({ density })}
      >
        How much stands on a screen.
      </Choice>
      <Choice
        name="Times"
        value={appearance.times}
        options={[
          { value: 'relative', label: '5 m ago' },
          { value: 'exact', label: 'Exact' },
        ]}
        onChange={(times) => change({ times })}
      >
        In your time zone. The other form stands in the tooltip.
      </Choice>
      <Choice
        name="Keyboard shortcuts"
        value={appearance.shortcuts}
        options={[
          { value: 'on', label: 'On' },
          { value: 'off', label: 'Off' },
        ]}
        onChange={(shortcuts) => change({ shortcuts })}
      >
        Single keys such as “n” and “g t”. Ctrl-K, arrows and Escape always work.
      </Choice>
    </>
  );
}

type ChoiceProps<Value extends string> = {
  name: string;
  value: Value | '';
  options: { value: Value; label: string }[];
  onChange(value: Value): void;
  children: ReactNode;
};

/** One of a few, as a row of radio buttons. */
function Choice<Value extends string>({ name, value, options, onChange, children }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-0">
        <p id={`${id}-name`} className="text-[13px] font-medium">
          {name}
        </p>
        <p id={`${id}-help`} className="text-xs text-muted-foreground">
          {children}
        </p>
      </div>
      <div
        role="radiogroup"
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-help`}
        className={cn('inline-flex', trackClasses)}
      >
        {options.map((option) => (
          <label
            key={option.value}
            className={cn(segmentClasses, 'cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-ring')}
          >
            <input
              type="radio"
              name={id}
              className="sr-only"
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </div>
  );
}
