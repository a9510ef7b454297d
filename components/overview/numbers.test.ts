import { failureRate, formatCount, formatRate, formatShare } from './numbers.ts';

const totals = { submitted: 0, completed: 0, failed: 0, cancelled: 0, abandoned: 0 };

it('counts abandoned tasks as failed, and leaves out cancelled ones', () => {
  expect(failureRate({ ...totals, completed: 6, failed: 1, abandoned: 1, cancelled: 50 })).toBe(0.25);
  expect(failureRate({ ...totals, cancelled: 5 })).toBeNull();
});

it.each([
  [0, '0 %'],
  [0.0004, '< 0.1 %'],
  [0.0042, '0.4 %'],
  [0.256, '26 %'],
])('writes the share %d as %s', (share, text) => {
  expect(formatShare(share)).toBe(text);
});

it('writes counts and rates so that they can be read at a glance', () => {
  expect([12_345, 1_200_000].map(formatCount)).toEqual(['12,345', '1.2M']);
  expect([0, 0.42, 9.96, 11.6, 1_234].map(formatRate)).toEqual(['0', '0.4', '10', '12', '1.2K']);
});
