import { PermanentError } from '#lib/tasks/define';
import { readHeader } from './header.ts';

test('names are trimmed', () => {
  expect(readHeader([' id ', 'Name'], ['id'])).toEqual(['id', 'Name']);
});

test.each<[string[], string[], RegExp]>([
  [['a', ''], [], /Column 2 has no name/],
  [['a', 'x'.repeat(201)], [], /Column 2/],
  [['a', 'b', ' a'], [], /Two columns are named "a"/],
  [['a', 'b'], ['c', 'a', 'd'], /no column "c", "d"; it has "a", "b"/],
  [Array.from({ length: 201 }, (_, index) => `c${index}`), [], /201 columns; at most 200/],
])('%j with %j required is refused for good', (fields, required, message) => {
  expect(() => readHeader(fields, required)).toThrow(PermanentError);
  expect(() => readHeader(fields, required)).toThrow(message);
});
