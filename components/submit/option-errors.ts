import type { FieldError } from '#lib/errors';
import { parseJson } from '../forms/parse-json.ts';
import { isObject } from '../forms/schema.ts';
import { dependenciesOf, type Options, tagsOf } from './options.ts';
import { isGiven, type Span, spanMs, units } from './span.ts';

const year = 366 * units.days;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const maxKey = 256;

/** What is wrong with the options, pointing where the API would; the API has the last word. */
export function optionErrors(options: Options): FieldError[] {
  return [...timeErrors(options), ...retryErrors(options), ...keyErrors(options), ...labelErrors(options)];
}

type Found = FieldError | null;

const found = (errors: Found[]): FieldError[] => errors.filter((error) => error !== null);

const when = (wrong: boolean, pointer: string, message: string): Found => (wrong ? { pointer, message } : null);

function whole(pointer: string, text: string, least: number, most: number): Found {
  const value = Number(text);
  const wrong = text.trim() !== '' && !(Number.isInteger(value) && value >= least && value <= most);
  return when(wrong, pointer, `Must be a whole number from ${least} to ${most.toLocaleString('en')}.`);
}

function length(pointer: string, span: Span, least: number, most: number, limits: string): Found {
  const ms = spanMs(span);
  return when(isGiven(span) && !(ms >= least && ms <= most), pointer, `Must be ${limits}.`);
}

function timeErrors(options: Options): FieldError[] {
  const debounced = options.repeats === 'debounce';
  return found([
    whole('/priority', options.priority, -100, 100),
    options.when === 'delay' && !debounced
      ? (when(!isGiven(options.delay), '/delayMs', 'Say how long.') ??
        length('/delayMs', options.delay, 0, year, 'from 0 to 366 days'))
      : null,
    when(
      options.when === 'date' && !debounced && Number.isNaN(Date.parse(options.date)),
      '/runAt',
      'Choose a date and time.',
    ),
    when(debounced && options.when !== 'now', '/debounce', 'A debounce sets the start itself: choose “Now” above.'),
    length('/ttlMs', options.ttl, 1, year, 'up to 366 days'),
  ]);
}

const retryErrors = (options: Options): FieldError[] =>
  found([
    whole('/attempts', options.attempts, 1, 100),
    length('/backoff/delay', options.pause, 0, units.days, 'from 0 to 1 day'),
    length('/backoff/max', options.longestPause, 0, units.days, 'from 0 to 1 day'),
    length('/timeoutMs', options.timeout, 100, units.days, 'from 100 milliseconds to 1 day'),
  ]);

function keyErrors(options: Options): FieldError[] {
  const { repeats, repeatKey, supersedeKey, concurrencyKey } = options;
  const tooLong = (pointer: string, key: string) =>
    when(key.trim().length > maxKey, pointer, `At most ${maxKey} characters are allowed.`);
  return found([
    when(repeats !== 'new' && repeatKey.trim() === '', `/${repeats}/key`, 'Say which key.'),
    repeats === 'new' ? null : tooLong(`/${repeats}/key`, repeatKey),
    repeats === 'unique' ? length('/unique/windowMs', options.uniqueFor, 1, year, 'up to 366 days') : null,
    ...(repeats === 'debounce'
      ? [
          when(!isGiven(options.quietFor), '/debounce/delayMs', 'Say how long.') ??
            length('/debounce/delayMs', options.quietFor, 1, year, 'up to 366 days'),
          length('/debounce/maxWaitMs', options.longestQuiet, 1, year, 'up to 366 days'),
        ]
      : []),
    tooLong('/supersede/key', supersedeKey),
    tooLong('/concurrency/key', concurrencyKey),
    when(concurrencyKey.trim().startsWith('sync:'), '/concurrency/key', 'May not begin with “sync:”.'),
    when(
      options.mode === 'sync' && concurrencyKey.trim() !== '',
      '/concurrency',
      'A sync task has no concurrency key: leave one of the two out.',
    ),
    whole('/concurrency/limit', options.concurrencyLimit, 1, 10_000),
    when(
      concurrencyKey.trim() === '' && options.concurrencyLimit.trim() !== '',
      '/concurrency/key',
      'The limit counts the tasks of a key: say which key.',
    ),
  ]);
}

function labelErrors(options: Options): FieldError[] {
  const ids = dependenciesOf(options);
  const tags = tagsOf(options);
  const metadata = options.metadata.trim() === '' ? null : parseJson(options.metadata);
  return found([
    ...ids.map((id) => when(!uuid.test(id), '/dependsOn', `“${id}” is not the ID of a task.`)),
    when(ids.length > 100, '/dependsOn', 'At most 100 tasks are allowed.'),
    when(tags.length > 20, '/tags', 'At most 20 tags are allowed.'),
    ...tags.map((tag) => when(tag.length > 64, '/tags', `“${tag.slice(0, 20)} …” has more than 64 characters.`)),
    when(options.correlationId.trim().length > 128, '/correlationId', 'At most 128 characters are allowed.'),
    metadata && !metadata.ok ? { pointer: '/metadata', message: metadata.message } : null,
    metadata?.ok && !isObject(metadata.value)
      ? { pointer: '/metadata', message: 'Must be an object, as in {"customer": 42}.' }
      : null,
  ]);
}
