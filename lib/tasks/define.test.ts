import { z } from 'zod';
import { defineTask, type DefinitionOptions, toProgress } from './define.ts';

const payload = z.object({});
const define = (options: Partial<DefinitionOptions<typeof payload>>) =>
  defineTask({ name: 'one', title: 'One', payload, run: async () => undefined, ...options });

describe('a definition', () => {
  it('has defaults for all that is left out', () => {
    expect(define({})).toMatchObject({
      queue: 'default',
      retry: { attempts: 1, backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: true } },
      timeoutMs: 60_000,
      heartbeatMs: null,
      mode: 'async',
      concurrencyLimit: null,
      ttlMs: null,
      maxLost: 3,
      isolation: null,
      retentionMs: null,
    });
  });

  it('keeps what is said', () => {
    const onError = () => undefined;
    const said = define({ heartbeat: 1_000, concurrency: { limit: 3 }, ttl: 5, maxLost: 1, retention: 6, onError });
    expect(said).toMatchObject({
      heartbeatMs: 1_000,
      concurrencyLimit: 3,
      ttlMs: 5,
      maxLost: 1,
      retentionMs: 6,
      onError,
    });
  });

  it('of mode sync runs one at a time', () => {
    expect(define({ mode: 'sync' })).toMatchObject({ mode: 'sync', concurrencyLimit: 1 });
    expect(() => define({ mode: 'sync', concurrency: { limit: 2 } })).toThrow('one at a time already');
  });

  it.each([
    [true, { memoryMb: 512 }],
    [{}, { memoryMb: 512 }],
    [{ memoryMb: 128 }, { memoryMb: 128 }],
    [false, null],
  ])('with isolate %j has isolation %j', (isolate, isolation) => {
    expect(define({ isolate }).isolation).toEqual(isolation);
  });

  it('publishes a backoff function as custom, with a policy for where the function is not at hand', () => {
    const backoff = () => 7;
    expect(define({ retry: { attempts: 2, backoff } })).toMatchObject({
      backoff,
      retry: { attempts: 2, backoff: { type: 'custom', delay: 1_000, max: 60_000, jitter: true } },
    });
  });

  it.each([
    [{ isolate: { memoryMb: 1 } }, 'isolate'],
    [{ heartbeat: 1 }, 'heartbeat'],
    [{ concurrency: { limit: 0 } }, 'concurrency'],
    [{ isRetryable: true }, 'isRetryable'],
    [{ retry: { backoff: 'soon' } }, 'retry.backoff'],
  ])('%j is refused, by name', (options, named) => {
    expect(() => define(options as object)).toThrow(named);
  });
});

describe('progress is plain data, whatever the handler says', () => {
  it.each([
    [0.25, { fraction: 0.25 }],
    [2, { fraction: 1 }],
    [NaN, { fraction: 0 }],
    [
      { done: 1, total: 4 },
      { done: 1, total: 4, fraction: 0.25 },
    ],
    [
      { done: 1, total: 0 },
      { done: 1, total: 0, fraction: 0 },
    ],
    [
      { done: NaN, total: Infinity },
      { done: 0, total: 0, fraction: 0 },
    ],
    [
      { done: 1n, total: 2n },
      { done: 1, total: 2, fraction: 0.5 },
    ],
    [
      { done: 1, total: 2, message: 'a\u0000\ud800' },
      { done: 1, total: 2, message: 'a\ufffd\ufffd', fraction: 0.5 },
    ],
    [
      { done: 1, total: 2, message: 'x'.repeat(10_000) },
      { done: 1, total: 2, message: 'x'.repeat(500), fraction: 0.5 },
    ],
    [
      { done: 1, total: 2, more: 1n },
      { done: 1, total: 2, fraction: 0.5 },
    ],
  ])('%#', (said, kept) => {
    expect(toProgress(said as number)).toEqual(kept);
  });
});
