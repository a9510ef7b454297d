import type { JsonSchema } from '#lib/tasks/types';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const formats: Record<string, { pattern: RegExp; message: string }> = {
  email: { pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, message: 'Must be an e-mail address.' },
  'taskdeck-file': { pattern: uuid, message: 'Choose a file.' },
  uuid: { pattern: uuid, message: 'Must be a UUID.' },
  date: { pattern: /^\d{4}-\d{2}-\d{2}$/, message: 'Must be a date, as in 2026-01-31.' },
  'date-time': {
    pattern: /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:?\d{2})$/,
    message: 'Must be a date and time, as in 2026-01-31T09:30:00Z.',
  },
};

/** What a text is refused for; lengths count characters as people do, not UTF-16 units. */
export function checkString(schema: JsonSchema, value: string): string[] {
  const { minLength, maxLength, pattern, format } = schema;
  const length = [...value].length;
  const messages: string[] = [];
  if (typeof minLength === 'number' && length < minLength)
    messages.push(value === '' ? 'Required.' : `Needs at least ${characters(minLength)}.`);
  if (typeof maxLength === 'number' && length > maxLength)
    messages.push(`At most ${characters(maxLength)} are allowed; these are ${length}.`);
  const known = typeof format === 'string' ? formats[format] : undefined;
  if (messages.length === 0 && known && !known.pattern.test(value)) return [known.message];
  if (messages.length === 0 && format === 'uri' && !URL.canParse(value))
    return ['Must be a web address, as in https://example.com.'];
  if (messages.length === 0 && typeof pattern === 'string' && !known && !toPattern(pattern).test(value))
    messages.push(patternMessage(schema, pattern));
  return messages;
}

/** A regular expression tells a person little: the field's description says more, or its examples do. */
function patternMessage({ description, examples }: JsonSchema, pattern: string): string {
  if (typeof description === 'string') return `Does not fit: ${description}`;
  const samples = Array.isArray(examples) ? examples.filter((example) => typeof example === 'string') : [];
  if (samples.length > 0) return `Write it like ${samples.map((sample) => `“${sample}”`).join(' or ')}.`;
  return `Is not written as this field asks for; the pattern is ${pattern}.`;
}

export function checkNumber(schema: JsonSchema, value: number): string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const messages: string[] = [];
  if (typeof minimum === 'number' && value < minimum) messages.push(`Must be at least ${minimum}.`);
  if (typeof maximum === 'number' && value > maximum) messages.push(`Must be at most ${maximum}.`);
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    messages.push(`Must be more than ${exclusiveMinimum}.`);
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    messages.push(`Must be less than ${exclusiveMaximum}.`);
  if (typeof multipleOf === 'number' && !isMultiple(value, multipleOf))
    messages.push(`Must be a multiple of ${multipleOf}.`);
  return messages;
}

const characters = (count: number): string => `${count} character${count === 1 ? '' : 's'}`;

/** 0.3 is a multiple of 0.1, whatever floating point says. */
const isMultiple = (value: number, of: number): boolean => Math.abs(value / of - Math.round(value / of)) < 1e-9;

/** A pattern that only another engine understands is left to the API. */
function toPattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return /(?:)/;
  }
}
