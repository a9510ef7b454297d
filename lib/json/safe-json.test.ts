import fc from 'fast-check';
import { TaskdeckError } from '#lib/errors';
import { jsonErrorOffset } from './json-error-offset.ts';
import { checkJson, maxJsonDepth, maxJsonKeys, parseJson, textProblem } from './safe-json.ts';

const thrownBy = (run: () => unknown): TaskdeckError => {
  try {
    run();
  } catch (error) {
    if (error instanceof TaskdeckError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const withKeys = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i])));

test('takes what JSON can say', () => {
  const value = { text: 'héllo 🎉', list: [1, -2.5e3, true, null, {}], nested: { 'a/b~c': '' } };
  expect(parseJson(JSON.stringify(value))).toEqual(value);
});

test('takes the greatest depth and refuses one more', () => {
  expect(parseJson(nested(maxJsonDepth))).toBeDefined();
  expect(thrownBy(() => parseJson(nested(maxJsonDepth + 1)))).toMatchObject({
    code: 'invalid',
    fields: [{ pointer: '/0'.repeat(maxJsonDepth), message: 'is nested deeper than 32 levels' }],
  });
});

test('survives a depth that would overflow the stack', () => {
  expect(thrownBy(() => parseJson(nested(100_000))).code).toBe('invalid');
  expect(thrownBy(() => parseJson('['.repeat(100_000))).code).toBe('malformed');
});

test('takes the greatest number of keys and refuses one more', () => {
  expect(parseJson(withKeys(maxJsonKeys))).toBeDefined();
  expect(thrownBy(() => parseJson(withKeys(maxJsonKeys + 1))).fields).toEqual([
    { pointer: '', message: 'has more than 1000 keys' },
  ]);
});

test.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s at any depth', (key) => {
  const source = `{"a":[{"b/c":{"${key}":{"admin":true}}}]}`;
  expect(thrownBy(() => parseJson(source)).fields).toEqual([
    { pointer: `/a/0/b~1c/${key}`, message: `"${key}" is not allowed as a key` },
  ]);
  expect({}).not.toHaveProperty('admin');
});

test('refuses NUL and half surrogate pairs in values and keys, and names each', () => {
  const source = String.raw`{"a":"x\u0000","b":["ok","\ud800"],"c\u0000":1,"d\udc00":{"e":"\udfff"},"f":"\ud83c\udf89"}`;
  expect(thrownBy(() => parseJson(source)).fields).toEqual([
    { pointer: '/a', message: 'holds a NUL character' },
    { pointer: '/b/1', message: 'holds half of a surrogate pair' },
    { pointer: '/c\uFFFD', message: 'holds a NUL character' },
    { pointer: '/d\uFFFD', message: 'holds half of a surrogate pair' },
  ]);
});

test('refuses a number that a double cannot hold', () => {
  expect(thrownBy(() => parseJson('{"n":1e999}')).fields).toEqual([
    { pointer: '/n', message: 'is a number beyond what JSON can hold' },
  ]);
});

test('names at most 20 problems', () => {
  expect(checkJson(Array.from({ length: 500 }, () => '\u0000'))).toHaveLength(20);
});

test.each([
  ['{"a":1,}', 'line 1, column 8'],
  ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3'],
  ["{'a':1}", 'line 1, column 2'],
  ['[1,2', 'line 1, column 5'],
  ['nul', 'line 1, column 1'],
  ['01', 'line 1, column 2'],
  ['"a\nb"', 'line 1, column 1'],
  ['{"a":1}x', 'line 1, column 8'],
])('says where %j stops being JSON', (source, where) => {
  const error = thrownBy(() => parseJson(source));
  expect(error.code).toBe('malformed');
  expect(error.message).toContain(where);
});

test('an empty body is named as such', () => {
  expect(thrownBy(() => parseJson('')).message).toContain('empty');
});

test('finds a fault exactly in the texts that JSON.parse refuses', () => {
  const texts = fc.oneof(
    fc.json(),
    fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', '0', '\\', ' ', 'e'))
      .map(([text, at, piece]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + piece + text.slice(cut + 1);
      }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      return (jsonErrorOffset(text) === -1) === valid;
    }),
    { numRuns: 2_000 },
  );
});

test('a hostile text of the greatest size is looked through in an instant', () => {
  const started = performance.now();
  for (const source of [
    `"${'\\'.repeat(262_000)}`,
    `${'{"a":'.repeat(52_000)}`,
    `${'-'.repeat(262_000)}`,
    `[${'1,'.repeat(131_000)}`,
  ])
    thrownBy(() => parseJson(source));
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('textProblem lets ordinary text pass', () => {
  expect(textProblem('any text, 🎉 too')).toBeNull();
  expect(textProblem('\ud800')).not.toBeNull();
});
