import { formatDuration, formatRelative, formatUtc } from './format.ts';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

it.each([
  [0, '0 ms'],
  [-5, '0 ms'],
  [999, '999 ms'],
  [1_000, '1 s'],
  [3_250, '3.2 s'],
  [59_999, '59 s'],
  [60_000, '1 m'],
  [250_000, '4 m 10 s'],
  [7_500_000, '2 h 5 m'],
  [273_600_000, '3 d 4 h'],
])('%d ms last %s', (ms, text) => {
  expect(plain(formatDuration(ms))).toBe(text);
});

it.each([
  [0, 'just now'],
  [-12_000, '12 s ago'],
  [-300_000, '5 m ago'],
  [-359_999, '5 m ago'],
  [299_400, 'in 5 m'],
  [3_590_000, 'in 1 h'],
  [86_399_000, 'in 1 d'],
  [10_800_000, 'in 3 h'],
  [-172_800_000, '2 d ago'],
])('%d ms from now is %s', (offset, text) => {
  expect(formatRelative(1_000_000_000 + offset, 1_000_000_000)).toBe(text);
});

it('writes the same exact time on every machine', () => {
  expect(formatUtc(Date.parse('2026-11-21T10:05:06.789Z'))).toBe('2026-11-21 10:05:06 UTC');
});
