import { pathKey, wordsOf } from './words.ts';

it.each([
  ['Hello, World!', ['hello', 'world']],
  ['ada_b@example.com', ['ada_b', 'example', 'com']],
  ['ﬁne Ｗｉｄｅ', ['fine', 'wide']],
  ['Größe e\u0301', ['größe', 'é']],
  ['東京 tower', ['東', '京', 'tower']],
  ['🦄 & ***', []],
  ['', []],
])('%s has the words %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

it('cuts what is very long', () => {
  expect(wordsOf('x'.repeat(1_000_000))).toEqual(['x'.repeat(64)]);
});

it('gives a key without what would end it in a query', () => {
  expect(pathKey('A key: "x"')).toBe('a_key___x_');
});
