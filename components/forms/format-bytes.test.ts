import { formatBytes } from './format-bytes.ts';

it.each([
  [0, '0 B'],
  [1_434, '1.4 KB'],
  [10 * 1024 * 1024, '10 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
