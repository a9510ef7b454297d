import type { DefinitionInfo } from '#lib/tasks/types';
import type { SubmitOptions } from '../api/types.ts';
import { formatDuration, formatLocal } from '../time/format.ts';

type Defaults = Pick<
  DefinitionInfo,
  'queue' | 'priority' | 'retry' | 'timeoutMs' | 'ttlMs' | 'mode' | 'concurrencyLimit'
>;

/**
 * What will happen to a task that is submitted like this, in sentences. `held`: something that is told beside them keeps its queue's
 * tasks from starting, so that they say when it is due.
 */
export function describePlan(defaults: Defaults, options: SubmitOptions, held = false): string[] {
  return [
    ...keySentences(options),
    `${startText(options, held ? 'Is due' : 'Starts')}${orderText(defaults, options)}, on the queue “${options.queue ?? defaults.queue}”.`,
    ...dependencySentence(options),
    ...roomSentence(defaults, options),
    ...expirySentence(defaults, options),
    `${triesText(defaults, options)}; ${limitText(defaults, options)}.`,
    ...(options.tags?.length ? [`Found under ${options.tags.map((tag) => `“${tag}”`).join(', ')}.`] : []),
  ];
}

function startText({ delayMs, runAt, debounce, dependsOn }: SubmitOptions, starts: 'Starts' | 'Is due'): string {
  if (debounce?.mode === 'leading') return `${starts} at once, with further submits left out${quietText(debounce)}`;
  if (debounce)
    return `${starts} when “${debounce.key}” has not been submitted for ${formatDuration(debounce.delayMs)}${quietText(debounce)}`;
  const then = dependsOn?.length ? ' at the earliest' : '';
  if (runAt !== undefined) return `${starts} at ${formatLocal(Date.parse(runAt))}${then}`;
  if (delayMs) return `${starts} in ${formatDuration(delayMs)}${then}`;
  return starts === 'Starts' ? 'Starts as soon as a worker is free' : 'Is due at once';
}

function quietText({ delayMs, mode, maxWaitMs }: NonNullable<SubmitOptions['debounce']>): string {
  const quiet = mode === 'leading' ? ` until there was none for ${formatDuration(delayMs)}` : '';
  return maxWaitMs === undefined ? quiet : `${quiet}, after ${formatDuration(maxWaitMs)} at the latest`;
}

function orderText({ priority: usual }: Defaults, { priority = usual }: SubmitOptions): string {
  if (priority > 0) return ', before waiting tasks of lower priority';
  return priority < 0 ? ', after waiting tasks of higher priority' : '';
}

function keySentences({ unique, supersede }: SubmitOptions): string[] {
  const sentences: string[] = [];
  if (unique)
    sentences.push(
      unique.windowMs === undefined
        ? `While a task with the key “${unique.key}” has not ended, you are led to that one and no new one is made.`
        : `If a task with the key “${unique.key}” was made in the last ${formatDuration(unique.windowMs)}, you are led to that one and no new one is made.`,
    );
  if (supersede)
    sentences.push(
      `Cancels the tasks with the key “${supersede.key}” that wait${supersede.running ? ', and stops those that run' : ''}.`,
    );
  return sentences;
}

function dependencySentence({ dependsOn, onDependencyFailure }: SubmitOptions): string[] {
  if (!dependsOn?.length) return [];
  const [others, one] =
    dependsOn.length === 1
      ? ['another task has', 'it does not']
      : [`${dependsOn.length} other tasks have`, 'one does not'];
  return [
    `Waits until ${others} succeeded; if ${one}, it ${onDependencyFailure === 'run' ? 'runs all the same' : 'is cancelled'}.`,
  ];
}

function roomSentence(defaults: Defaults, { mode = defaults.mode, concurrency }: SubmitOptions): string[] {
  if (mode === 'sync') return ['Waits while another task of this type runs: they run one at a time.'];
  const limit = concurrency?.limit ?? defaults.concurrencyLimit ?? (concurrency ? 1 : null);
  if (limit === null) return [];
  const of = concurrency ? `with the key “${concurrency.key}”` : 'of this type';
  return [limit === 1 ? `Waits while another task ${of} runs.` : `Waits while ${limit} tasks ${of} run.`];
}

function expirySentence(defaults: Defaults, { ttlMs = defaults.ttlMs ?? undefined }: SubmitOptions): string[] {
  return ttlMs === undefined ? [] : [`Cancelled if it has not started ${formatDuration(ttlMs)} after it could.`];
}

function triesText({ retry }: Defaults, { attempts = retry.attempts, backoff = {} }: SubmitOptions): string {
  if (attempts === 1) return 'Tried once';
  const { type, delay, max, jitter } = { ...retry.backoff, ...backoff };
  const about = jitter ? 'about ' : '';
  if (type === 'custom') return `Tried up to ${attempts} times, with pauses that its code decides`;
  if (type === 'fixed' || delay >= max)
    return `Tried up to ${attempts} times, ${about}${formatDuration(Math.min(delay, max))} apart`;
  return `Tried up to ${attempts} times, with growing pauses from ${about}${formatDuration(delay)} to ${formatDuration(max)}`;
}

const limitText = (
  defaults: Defaults,
  { timeoutMs = defaults.timeoutMs, attempts = defaults.retry.attempts }: SubmitOptions,
): string => `${attempts === 1 ? 'it' : 'each try'} is stopped after ${formatDuration(timeoutMs)}`;
