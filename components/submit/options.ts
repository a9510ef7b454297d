import type { DefinitionInfo } from '#lib/tasks/types';
import type { SubmitInput, SubmitOptions } from '../api/types.ts';
import { toLocalField } from '../forms/local-time.ts';
import { isGiven, noSpan, type Span, spanMs, toSpan } from './span.ts';

/** The choices beside the payload, as they stand in their fields. What is empty is as the definition has it. */
export type Options = {
  when: 'now' | 'delay' | 'date';
  delay: Span;
  /** As a datetime-local field writes it: in the reader's zone. */
  date: string;
  ttl: Span;
  queue: string;
  priority: string;
  attempts: string;
  backoff: '' | 'fixed' | 'exponential';
  pause: Span;
  longestPause: Span;
  jitter: '' | 'yes' | 'no';
  timeout: Span;
  /** What a second submit with the key does. */
  repeats: 'new' | 'unique' | 'debounce';
  repeatKey: string;
  uniqueFor: Span;
  quietFor: Span;
  debounceMode: 'trailing' | 'leading';
  longestQuiet: Span;
  supersedeKey: string;
  supersedeRunning: boolean;
  mode: '' | 'sync' | 'async';
  concurrencyKey: string;
  concurrencyLimit: string;
  /** Ids, with spaces, commas or line breaks between. */
  dependsOn: string;
  onDependencyFailure: 'cancel' | 'run';
  /** With commas between. */
  tags: string;
  correlationId: string;
  /** JSON of an object. */
  metadata: string;
};

export const defaultOptions: Options = {
  when: 'now',
  delay: { amount: '5', unit: 'minutes' },
  date: '',
  ttl: noSpan('minutes'),
  queue: '',
  priority: '',
  attempts: '',
  backoff: '',
  pause: noSpan(),
  longestPause: noSpan('minutes'),
  jitter: '',
  timeout: noSpan(),
  repeats: 'new',
  repeatKey: '',
  uniqueFor: noSpan('minutes'),
  quietFor: { amount: '30', unit: 'seconds' },
  debounceMode: 'trailing',
  longestQuiet: noSpan('minutes'),
  supersedeKey: '',
  supersedeRunning: false,
  mode: '',
  concurrencyKey: '',
  concurrencyLimit: '',
  dependsOn: '',
  onDependencyFailure: 'cancel',
  tags: '',
  correlationId: '',
  metadata: '',
};

/** The words of a list that was typed. */
const listOf = (text: string, separator: RegExp): string[] => [
  ...new Set(
    text
      .split(separator)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

export const tagsOf = ({ tags }: Options): string[] => listOf(tags, /,/);
export const dependenciesOf = ({ dependsOn }: Options): string[] => listOf(dependsOn, /[\s,]+/);

const given = <Value>(name: string, isThere: boolean, value: () => Value) => (isThere ? { [name]: value() } : {});
const text = (name: string, value: string) => given(name, value.trim() !== '', () => value.trim());
const number = (name: string, value: string) => given(name, value.trim() !== '', () => Number(value));
const span = (name: string, value: Span) => given(name, isGiven(value), () => spanMs(value));

/** The request that payload and options make; call it only without option errors. */
export function toSubmitInput(
  definition: Pick<DefinitionInfo, 'name' | 'queue'>,
  payload: unknown,
  options: Options,
): SubmitInput {
  const backoff = {
    ...text('type', options.backoff),
    ...span('delay', options.pause),
    ...span('max', options.longestPause),
    ...given('jitter', options.jitter !== '', () => options.jitter === 'yes'),
  };
  return {
    definition: definition.name,
    payload,
    ...given('queue', options.queue !== '' && options.queue !== definition.queue, () => options.queue),
    ...number('priority', options.priority),
    ...timesOf(options),
    ...span('ttlMs', options.ttl),
    ...number('attempts', options.attempts),
    ...given('backoff', Object.keys(backoff).length > 0, () => backoff),
    ...span('timeoutMs', options.timeout),
    ...repeatsOf(options),
    ...given('supersede', options.supersedeKey.trim() !== '', () => ({
      key: options.supersedeKey.trim(),
      ...(options.supersedeRunning && { running: true }),
    })),
    ...text('mode', options.mode),
    ...given('concurrency', options.concurrencyKey.trim() !== '', () => ({
      key: options.concurrencyKey.trim(),
      ...number('limit', options.concurrencyLimit),
    })),
    ...given('dependsOn', dependenciesOf(options).length > 0, () => dependenciesOf(options)),
    ...given('onDependencyFailure', options.onDependencyFailure === 'run', () => 'run' as const),
    ...given('tags', tagsOf(options).length > 0, () => tagsOf(options)),
    ...text('correlationId', options.correlationId),
    ...given('metadata', options.metadata.trim() !== '', () => JSON.parse(options.metadata) as Record<string, never>),
  };
}

function timesOf(options: Options): Pick<SubmitOptions, 'delayMs' | 'runAt'> {
  // A debounce sets the time itself.
  if (options.repeats === 'debounce') return {};
  if (options.when === 'delay') return { delayMs: spanMs(options.delay) };
  return options.when === 'date' ? { runAt: new Date(options.date).toISOString() } : {};
}

function repeatsOf(options: Options): Pick<SubmitOptions, 'unique' | 'debounce'> {
  const key = options.repeatKey.trim();
  if (options.repeats === 'unique') return { unique: { key, ...span('windowMs', options.uniqueFor) } };
  if (options.repeats === 'new') return {};
  return {
    debounce: {
      key,
      delayMs: spanMs(options.quietFor),
      ...given('mode', options.debounceMode === 'leading', () => 'leading' as const),
      ...span('maxWaitMs', options.longestQuiet),
    },
  };
}

/** The fields that make this request: the other way round than `toSubmitInput`. */
export function fromSubmitOptions(from: SubmitOptions): Options {
  const { backoff = {}, unique, debounce, supersede, concurrency } = from;
  const asSpan = (ms: number | undefined, otherwise: Span): Span => (ms === undefined ? otherwise : toSpan(ms));
  const asText = (value: number | undefined): string => (value === undefined ? '' : String(value));
  const none = defaultOptions;
  return {
    ...none,
    ...(from.delayMs !== undefined && { when: 'delay', delay: toSpan(from.delayMs) }),
    ...(from.runAt !== undefined && { when: 'date', date: toLocalField(from.runAt) }),
    ttl: asSpan(from.ttlMs, none.ttl),
    queue: from.queue ?? '',
    priority: asText(from.priority),
    attempts: asText(from.attempts),
    backoff: backoff.type ?? '',
    pause: asSpan(backoff.delay, none.pause),
    longestPause: asSpan(backoff.max, none.longestPause),
    ...(backoff.jitter !== undefined && { jitter: backoff.jitter ? 'yes' : 'no' }),
    timeout: asSpan(from.timeoutMs, none.timeout),
    ...(unique && { repeats: 'unique', repeatKey: unique.key, uniqueFor: asSpan(unique.windowMs, none.uniqueFor) }),
    ...(debounce && {
      repeats: 'debounce',
      repeatKey: debounce.key,
      quietFor: toSpan(debounce.delayMs),
      debounceMode: debounce.mode ?? 'trailing',
      longestQuiet: asSpan(debounce.maxWaitMs, none.longestQuiet),
    }),
    supersedeKey: supersede?.key ?? '',
    supersedeRunning: supersede?.running ?? false,
    mode: from.mode ?? '',
    concurrencyKey: concurrency?.key ?? '',
    concurrencyLimit: asText(concurrency?.limit),
    dependsOn: (from.dependsOn ?? []).join('\n'),
    onDependencyFailure: from.onDependencyFailure ?? 'cancel',
    tags: (from.tags ?? []).join(', '),
    correlationId: from.correlationId ?? '',
    metadata: from.metadata ? JSON.stringify(from.metadata, null, 2) : '',
  };
}
