import { toProgress } from './define.ts';

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
