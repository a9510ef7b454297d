import type { RetryPolicy } from '#lib/tasks/types';
import { formatDuration } from '../time/format.ts';

/** How far apart attempts are, in words that follow "attempts". */
export function apartText({ type, delay, max }: RetryPolicy['backoff']): string {
  if (type === 'custom') return 'as far apart as its code decides';
  return type === 'fixed'
    ? `${formatDuration(delay)} apart`
    : `${formatDuration(delay)} to ${formatDuration(max)} apart`;
}
