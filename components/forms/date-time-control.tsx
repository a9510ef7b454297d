'use client';

import { useHydrated } from '../time/clock.tsx';
import { Input } from '../ui/input.tsx';
import type { ControlProps } from './field-control.tsx';
import { fromLocalField, toLocalField } from './local-time.ts';

/** A date and time in the reader's zone, kept in universal time. What is no time, as from JSON, stays for the check to refuse. */
export function DateTimeControl({ id, value, invalid, describedBy, onChange }: ControlProps) {
  // Only the browser knows the zone.
  const hydrated = useHydrated();
  return (
    <Input
      id={id}
      type="datetime-local"
      step={1}
      className="sm:max-w-72"
      value={hydrated && typeof value === 'string' ? toLocalField(value) : ''}
      onChange={(event) => onChange(fromLocalField(event.target.value) ?? undefined)}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
    />
  );
}
