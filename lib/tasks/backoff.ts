import type { RetryPolicy } from './types.ts';

/**
 * Milliseconds to wait after the given attempt (1 for the first) has failed. Exponential doubles from `delay` up to
 * `max`; jitter takes off up to half, so that tasks that failed together do not come back together.
 *
 * @param random 0 to 1, for tests.
 */
export function backoffMs({ backoff }: RetryPolicy, attempt: number, random: () => number = Math.random): number {
  const doublings = Math.min(attempt - 1, 40);
  const wanted = backoff.type === 'fixed' ? backoff.delay : backoff.delay * 2 ** doublings;
  const capped = Math.min(wanted, backoff.max);
  return Math.round(backoff.jitter ? capped * (1 - random() / 2) : capped);
}
