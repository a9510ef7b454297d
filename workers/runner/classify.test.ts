import { log } from '#lib/observability/index';
import { PermanentError } from '#lib/tasks/define';
import type { RetryPolicy } from '#lib/tasks/types';
import {
  classify,
  classifyLost,
  classifyUnhandled,
  LeaseLost,
  TaskCancelled,
  TaskTimeout,
  WorkerStopping,
} from './classify.ts';

const retry: RetryPolicy = { attempts: 3, backoff: { type: 'fixed', delay: 100, max: 100, jitter: false } };
const task = (attempt: number) => ({ attempt, fence: attempt, maxAttempts: 3, lost: 0, maxLost: 2, retry });
const threw = (thrown: unknown, stopped?: Error) => ({ returned: false, thrown, stopped }) as const;

describe('what becomes of an attempt', () => {
  it('completes what returned', () => {
    expect(classify(task(1), { returned: true, result: 7 })).toEqual({
      state: 'completed',
      outcome: 'success',
      result: 7,
    });
  });

  it('tries again what failed', () => {
    expect(classify(task(2), threw(new Error('x')))).toMatchObject({
      state: 'retrying',
      outcome: 'failure',
      delayMs: 100,
      error: { message: 'x' },
    });
  });

  it('fails what failed the last time', () => {
    expect(classify(task(3), threw(new Error('x')))).toMatchObject({ state: 'failed', outcome: 'failure' });
  });

  it('fails at once what will never work', () => {
    expect(classify(task(1), threw(new PermanentError('x')))).toMatchObject({
      state: 'failed',
      error: { retryable: false },
    });
  });

  it('cancels what was told to stop by a cancel, whatever it threw', () => {
    expect(classify(task(1), threw(new Error('aborted'), new TaskCancelled('cancelled')))).toMatchObject({
      state: 'cancelled',
      outcome: 'cancelled',
    });
  });

  it('counts a time limit as an attempt', () => {
    expect(classify(task(1), threw(new Error('aborted'), new TaskTimeout('too long')))).toMatchObject({
      state: 'retrying',
      outcome: 'timeout',
      error: { message: 'too long' },
    });
    expect(classify(task(3), threw(new Error('aborted'), new TaskTimeout('too long')))).toMatchObject({
      state: 'failed',
      outcome: 'timeout',
    });
  });

  it('gives back, uncharged, what a stopping worker stopped', () => {
    expect(classify(task(3), threw(new Error('aborted'), new WorkerStopping('stop')))).toEqual({
      state: 'pending',
      outcome: 'released',
    });
  });

  it('treats a lost lease as a failure, which its stale fence keeps out of the record', () => {
    expect(classify(task(1), threw(new Error('aborted'), new LeaseLost('lost')))).toMatchObject({ state: 'retrying' });
  });

  it('tries again after a lost worker, and abandons after the last', () => {
    expect(classifyLost(task(1))).toMatchObject({ state: 'retrying', outcome: 'lost' });
    expect(classifyLost(task(3))).toMatchObject({ state: 'abandoned', outcome: 'lost' });
  });

  it('abandons what has killed too many workers, although attempts are left', () => {
    expect(classifyLost({ ...task(2), lost: 1 })).toMatchObject({ state: 'abandoned', outcome: 'lost' });
  });
});

describe('what a definition says about its errors', () => {
  const error = new Error('x');

  it('ends what is not worth another attempt', () => {
    expect(classify(task(1), threw(error), { isRetryable: (said) => said !== error })).toMatchObject({
      state: 'failed',
      outcome: 'failure',
      error: { message: 'x', retryable: false },
    });
    expect(classify(task(1), threw(error), { isRetryable: () => true })).toMatchObject({ state: 'retrying' });
  });

  it('is asked about a time limit too', () => {
    const isRetryable = (said: unknown) => !(said instanceof TaskTimeout);
    expect(classify(task(1), threw(error, new TaskTimeout('too long')), { isRetryable })).toMatchObject({
      state: 'failed',
      outcome: 'timeout',
    });
  });

  it('waits without a charge, on the last attempt too', () => {
    expect(classify(task(3), threw(error), { isRateLimited: () => 7_000 })).toMatchObject({
      state: 'retrying',
      outcome: 'rate_limited',
      delayMs: 7_000,
    });
  });

  it('waits a day at most, and a thousand times without a charge', () => {
    const isRateLimited = () => Infinity;
    expect(classify(task(1), threw(error), { isRateLimited })).toMatchObject({ delayMs: 86_400_000 });
    expect(classify({ ...task(1), fence: 1_001 }, threw(error), { isRateLimited })).toMatchObject({
      state: 'retrying',
      outcome: 'failure',
    });
  });

  it.each([false, NaN, -1, '1000', undefined])('does not wait for %p', (wait) => {
    expect(classify(task(1), threw(error), { isRateLimited: () => wait as false })).toMatchObject({
      outcome: 'failure',
    });
  });

  it('fails a permanent error whatever it says', () => {
    const hooks = { isRetryable: () => true, isRateLimited: () => 1 };
    expect(classify(task(1), threw(new PermanentError('x')), hooks)).toMatchObject({ state: 'failed' });
  });

  describe('by its own backoff', () => {
    const custom = { ...retry, backoff: { ...retry.backoff, type: 'custom' } as const };
    const delayOf = (backoff: (attempt: number, error: unknown) => number, policy: RetryPolicy = custom) =>
      classify({ ...task(2), retry: policy }, threw(error), { backoff });

    it('waits as long as the function says', () => {
      expect(delayOf((attempt, said) => (said === error ? attempt * 1_000 : 0))).toMatchObject({ delayMs: 2_000 });
    });

    it('waits a day at most', () => {
      expect(delayOf(() => Infinity)).toMatchObject({ delayMs: 86_400_000 });
    });

    it('waits by the policy when the function gives no time', () => {
      expect(delayOf(() => NaN)).toMatchObject({ delayMs: 100 });
    });

    it('waits by the policy that a submit chose', () => {
      expect(delayOf(() => 5_000, retry)).toMatchObject({ delayMs: 100 });
    });
  });

  it('counts for nothing when it throws, and that is logged', () => {
    const warn = jest.spyOn(log, 'warn').mockImplementation(() => undefined);
    const broken = () => {
      throw new Error('a bug');
    };
    const hooks = { isRetryable: broken, isRateLimited: broken };
    expect(classify(task(1), threw(error), hooks)).toMatchObject({ state: 'retrying', outcome: 'failure' });
    expect(warn).toHaveBeenCalledTimes(2);
  });
});

describe('a task for which this worker has no handler', () => {
  const unhandled = (fence: number) => classifyUnhandled({ ...task(1), fence, definition: 'newer' });

  it('is given back without a charge', () => {
    expect(unhandled(1)).toMatchObject({
      state: 'retrying',
      outcome: 'rate_limited',
      delayMs: 5_000,
      error: { message: expect.stringContaining('no handler for "newer"') },
    });
  });

  it('fails when nobody has had one for ten minutes', () => {
    expect(unhandled(120)).toMatchObject({ state: 'retrying' });
    expect(unhandled(121)).toMatchObject({ state: 'failed', outcome: 'failure' });
  });
});
