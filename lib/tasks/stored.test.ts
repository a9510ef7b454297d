import { PermanentError } from './define.ts';
import { maxResultBytes, toStoredError, toStoredResult } from './stored.ts';

describe('a stored result', () => {
  it('is the plain data of what was returned', () => {
    expect(toStoredResult({ at: new Date(0), none: undefined })).toEqual({ at: '1970-01-01T00:00:00.000Z' });
  });

  it('is null when nothing was returned', () => {
    expect(toStoredResult(undefined)).toBeNull();
  });

  it.each([
    ['NUL', 'a\u0000b', 'a\ufffdb'],
    ['a lone surrogate', '\udc00x', '\ufffdx'],
    ['an escape that only looks like one', '\\u0000', '\\u0000'],
  ])('has no %s that Postgres would refuse', (_, text, kept) => {
    expect(toStoredResult({ [text]: [text] })).toEqual({ [kept]: [kept] });
  });

  it('may not be larger than its limit', () => {
    expect(toStoredResult('x'.repeat(maxResultBytes - 2))).toHaveLength(maxResultBytes - 2);
    expect(() => toStoredResult('x'.repeat(maxResultBytes - 1))).toThrow(PermanentError);
  });

  it.each([
    [
      'circular',
      () => {
        const circle: { self?: unknown } = {};
        circle.self = circle;
        return circle;
      },
    ],
    ['a BigInt', () => ({ n: 1n })],
  ])('may not be %s', (_, make) => {
    expect(() => toStoredResult(make())).toThrow(/cannot be kept as JSON/);
  });
});

describe('a stored error', () => {
  it('keeps name, message, stack and causes', () => {
    const stored = toStoredError(new TypeError('outer', { cause: new Error('inner') }));
    expect(stored).toMatchObject({ name: 'TypeError', message: 'outer', cause: { message: 'inner' } });
    expect(stored.stack).toContain('stored.test');
  });

  it('says when another attempt is pointless', () => {
    expect(toStoredError(new PermanentError('no')).retryable).toBe(false);
  });

  it.each([
    ['a string', 'plain words', 'plain words'],
    ['nothing', undefined, 'The handler threw undefined, which is no Error.'],
    ['an object', { a: 1 }, 'The handler threw {"a":1}, which is no Error.'],
  ])('makes a message of %s', (_, thrown, message) => {
    expect(toStoredError(thrown).message).toBe(message);
  });

  it('hides secrets', () => {
    const { message } = toStoredError(new Error('connect postgres://user:hunter2@db/x failed'));
    expect(message).not.toContain('hunter2');
  });

  it('ends a chain of causes that never ends', () => {
    const error = new Error('again');
    error.cause = error;
    expect(JSON.stringify(toStoredError(error)).match(/again/g)?.length).toBeLessThan(20);
  });

  it.each([
    ['a message', Object.defineProperty(new Error('x'), 'message', { get: () => fail() })],
    ['a cause', Object.defineProperty(new Error('x'), 'cause', { get: () => fail() })],
    ['anything', new Proxy({}, { getPrototypeOf: () => fail() })],
  ])('is kept even of what throws when it is asked for %s', (_, thrown) => {
    expect(toStoredError(thrown).message).toContain('cannot be read');
  });
});

function fail(): never {
  throw new Error('no');
}
