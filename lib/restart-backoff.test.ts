import { RestartBackoff } from './restart-backoff.ts';

describe('RestartBackoff', () => {
  it('doubles the wait with each failure, up to half a minute', () => {
    const backoff = new RestartBackoff();
    const waits = Array.from({ length: 9 }, () => backoff.next(100));
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('begins anew after a process that ran for a minute', () => {
    const backoff = new RestartBackoff();
    backoff.next(100);
    backoff.next(100);
    expect(backoff.next(60_000)).toBe(500);
    expect(backoff.next(59_999)).toBe(1_000);
  });
});
