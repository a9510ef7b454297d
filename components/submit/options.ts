import type { FieldError } from '#lib/errors';
import type { DefinitionInfo } from '#lib/tasks/types';
import type { SubmitInput } from '../api/types.ts';
import { apartText } from '../tasks/retry-text.ts';
import { formatDuration, formatLocal } from '../time/format.ts';

export const delayUnits = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
export type DelayUnit = keyof typeof delayUnits;

/** The choices beside the payload, as they stand in their fields. */
export type Options = {
  /** Empty: the definition's own. */
  queue: string;
  priority: string;
  when: 'now' | 'delay' | 'date';
  delay: string;
  delayUnit: DelayUnit;
  /** As a datetime-local field writes it: in the reader's zone. */
  date: string;
};

export const defaultOptions = (definition: DefinitionInfo): Options => ({
  queue: '',
  priority: String(definition.priority),
  when: 'now',
  delay: '5',
  delayUnit: 'minutes',
  date: '',
});

const delayMsOf = (options: Options): number => Number(options.delay) * delayUnits[options.delayUnit];

/** What is wrong with the options, pointing where the API would. */
export function optionErrors(options: Options): FieldError[] {
  const errors: FieldError[] = [];
  const priority = Number(options.priority);
  if (options.priority.trim() === '' || !Number.isInteger(priority) || priority < -100 || priority > 100) {
    errors.push({ pointer: '/priority', message: 'Must be a whole number from -100 to 100.' });
  }
  const delay = delayMsOf(options);
  if (options.when === 'delay' && !(options.delay.trim() !== '' && delay >= 0 && delay <= 366 * delayUnits.days)) {
    errors.push({ pointer: '/delayMs', message: 'Must be from 0 to 366 days.' });
  }
  if (options.when === 'date' && Number.isNaN(Date.parse(options.date))) {
    errors.push({ pointer: '/runAt', message: 'Choose a date and time.' });
  }
  return errors;
}

/** The request that payload and options make; call it only without option errors. */
export function toSubmitInput(definition: DefinitionInfo, payload: unknown, options: Options): SubmitInput {
  const priority = Number(options.priority);
  return {
    definition: definition.name,
    payload,
    ...(options.queue !== '' && options.queue !== definition.queue && { queue: options.queue }),
    ...(priority !== definition.priority && { priority }),
    ...(options.when === 'delay' && { delayMs: Math.round(delayMsOf(options)) }),
    ...(options.when === 'date' && { runAt: new Date(options.date).toISOString() }),
  };
}

/** What will happen, in words. */
export function describePlan(definition: DefinitionInfo, options: Options): string[] {
  const queue = options.queue || definition.queue;
  const { attempts, backoff } = definition.retry;
  const limit = formatDuration(definition.timeoutMs);
  return [
    `${startText(options)} on the queue “${queue}”.`,
    attempts > 1
      ? `Up to ${attempts} attempts, ${apartText(backoff)}, of at most ${limit} each.`
      : `One attempt of at most ${limit}.`,
  ];
}

function startText(options: Options): string {
  if (optionErrors(options).length > 0) return 'Starts when a worker is free';
  if (options.when === 'delay') return `Starts in ${formatDuration(delayMsOf(options))}`;
  if (options.when === 'date') return `Starts at ${formatLocal(Date.parse(options.date))}`;
  return 'Starts as soon as a worker is free';
}
