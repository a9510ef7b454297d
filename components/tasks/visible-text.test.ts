import { visibleText } from './visible-text.ts';

it('writes out characters that reorder text', () => {
  expect(visibleText('gpj.\u202Eexe')).toBe('gpj.\\u202eexe');
});

it('writes out control characters but keeps lines and tabs', () => {
  expect(visibleText('a\u0000\n\tb')).toBe('a\\u0000\n\tb');
});

it('leaves other scripts as they are', () => {
  expect(visibleText('שלום 你好 é')).toBe('שלום 你好 é');
});
