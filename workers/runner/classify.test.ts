import { PermanentError } from '#lib/tasks/define';
import type { RetryPolicy } from '#lib/tasks/types';
import { classify, classifyLost, LeaseLost, TaskCancelled, TaskTimeout, WorkerStopping } from './classify.ts';

const retry: RetryPolicy = { attempts: 3, backoff: { type: 'fixed', delay: 100, max: 100, jitter: false } };
const task = (attempt: number) => ({ attempt, maxAttempts: 3, lost: 0, maxLost: 2, retry });
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
