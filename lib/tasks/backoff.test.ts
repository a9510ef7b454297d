import { backoffMs } from './backoff.ts';
import type { RetryPolicy } from './types.ts';

const policy = (backoff: Partial<RetryPolicy['backoff']>): RetryPolicy => ({
  attempts: 5,
  backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: false, ...backoff },
});

describe('backoff', () => {
  it('stays the same when fixed', () => {
    expect([1, 2, 3].map((attempt) => backoffMs(policy({ type: 'fixed' }), attempt))).toEqual([1_000, 1_000, 1_000]);
  });

  it('doubles when exponential, up to its maximum', () => {
    expect([1, 2, 3, 4, 7, 100].map((attempt) => backoffMs(policy({}), attempt))).toEqual([
      1_000, 2_000, 4_000, 8_000, 60_000, 60_000,
    ]);
  });

  it('takes off up to half by jitter', () => {
    expect(backoffMs(policy({ jitter: true }), 1, () => 0)).toBe(1_000);
    expect(backoffMs(policy({ jitter: true }), 1, () => 1)).toBe(500);
  });
});
