import { parseJson } from './parse-json.ts';

it('parses a value', () => {
  expect(parseJson('{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
});

it.each([
  ['{\n  "a": 1,\n}', 'This is not valid JSON at line 3, column 1.'],
  ['{"a": x}', 'This is not valid JSON: “x” cannot stand where it does.'],
  ['{"a":', 'This is not valid JSON: it ends too soon.'],
])('says what is wrong with %s', (text, message) => {
  expect(parseJson(text)).toEqual({ ok: false, message });
});

it('asks for a value when there is none', () => {
  expect(parseJson('  ')).toEqual({ ok: false, message: 'Write a JSON value, for example {}.' });
});
