import type { SubmitOptions } from '../api/types.ts';
import { definition } from '../testing/factories.ts';
import { describePlan } from './plan.ts';

const says = (options: SubmitOptions, over: Parameters<typeof definition>[0] = {}): string =>
  describePlan(definition(over), options).join(' ').replaceAll('\u00a0', ' ');

it('says what a plain submit does', () => {
  expect(says({})).toBe(
    'Starts as soon as a worker is free, on the queue “default”. Tried up to 5 times, with growing pauses from about 1 s to 1 m; each try is stopped after 30 s.',
  );
});

it.each<[SubmitOptions, string]>([
  [
    { delayMs: 600_000, priority: 10 },
    'Starts in 10 m, before waiting tasks of lower priority, on the queue “default”.',
  ],
  [{ priority: -1, queue: 'slow' }, 'free, after waiting tasks of higher priority, on the queue “slow”.'],
  [{ attempts: 1, timeoutMs: 5_000 }, 'Tried once; it is stopped after 5 s.'],
  [{ attempts: 3, backoff: { type: 'fixed', delay: 10_000, jitter: false } }, 'Tried up to 3 times, 10 s apart;'],
  [{ ttlMs: 60_000 }, 'Cancelled if it has not started 1 m after it could.'],
  [{ unique: { key: 'x' } }, 'While a task with the key “x” has not ended, you are led to that one'],
  [{ unique: { key: 'x', windowMs: 60_000 } }, 'If a task with the key “x” was made in the last 1 m,'],
  [
    { debounce: { key: 'x', delayMs: 30_000, maxWaitMs: 300_000 } },
    'Starts when “x” has not been submitted for 30 s, after 5 m at the latest,',
  ],
  [
    { debounce: { key: 'x', delayMs: 30_000, mode: 'leading' } },
    'Starts at once, with further submits left out until there was none for 30 s,',
  ],
  [
    { supersede: { key: 'x', running: true } },
    'Cancels the tasks with the key “x” that wait, and stops those that run.',
  ],
  [{ concurrency: { key: 'x' } }, 'Waits while another task with the key “x” runs.'],
  [{ concurrency: { key: 'x', limit: 3 } }, 'Waits while 3 tasks with the key “x” run.'],
  [{ mode: 'sync' }, 'they run one at a time.'],
  [{ dependsOn: ['a'] }, 'Waits until another task has succeeded; if it does not, it is cancelled.'],
  [
    { dependsOn: ['a', 'b'], onDependencyFailure: 'run' },
    'Waits until 2 other tasks have succeeded; if one does not, it runs all the same.',
  ],
  [{ tags: ['a', 'b'] }, 'Found under “a”, “b”.'],
])('says what %j does', (options, sentence) => {
  expect(says(options)).toContain(sentence);
});

it('promises no start while something keeps the queue from starting tasks', () => {
  expect(describePlan(definition(), {}, true)[0]).toBe('Is due at once, on the queue “default”.');
  expect(describePlan(definition(), { delayMs: 60_000 }, true)[0]).toMatch(
    /^Is due in 1\sm, on the queue “default”\.$/,
  );
});

it('says what the type itself limits', () => {
  expect(says({}, { concurrencyLimit: 2, ttlMs: 1_000 })).toContain(
    'Waits while 2 tasks of this type run. Cancelled if it has not started 1 s after it could.',
  );
});
