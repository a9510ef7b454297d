import { columnSummary } from './column-summary.ts';

function summarise(...values: string[]) {
  const column = columnSummary('x');
  values.forEach((value) => column.add(value));
  return column.result();
}

test.each<[string[], object]>([
  [['3', '-1', ' 2 '], { type: 'integer', min: -1, max: 3 }],
  [['1', '2.5', '-.5', '1e3'], { type: 'number', min: -0.5, max: 1000 }],
  [['true', 'FALSE', 'yes'], { type: 'boolean' }],
  [
    ['2026-11-20', '2025-01-02T03:04:05Z', '2026-12-01 10:00'],
    { type: 'date', min: '2025-01-02T03:04:05Z', max: '2026-12-01 10:00' },
  ],
  [['1', 'two'], { type: 'text' }],
  [['1', 'true'], { type: 'text' }],
  [['01', '02'], { type: 'text' }],
  [['0', '0.5'], { type: 'number', min: 0, max: 0.5 }],
  [['2026-13-40'], { type: 'text' }],
  [['1e999'], { type: 'text' }],
  [['99999999999999999999'], { type: 'number', min: 1e20, max: 1e20 }],
  [['__proto__', 'constructor'], { type: 'text' }],
  [['=1+1'], { type: 'text' }],
])('%j', (values, expected) => {
  expect(summarise(...values)).toEqual({ name: 'x', empty: 0, ...expected });
});

test('empty values count apart and do not change the type', () => {
  expect(summarise('', '5', ' ')).toEqual({ name: 'x', type: 'integer', empty: 2, min: 5, max: 5 });
  expect(summarise('', '')).toEqual({ name: 'x', type: 'empty', empty: 2 });
  expect(summarise()).toEqual({ name: 'x', type: 'empty', empty: 0 });
});

test('adversarial values of 50 KB are judged at once', () => {
  const startedAt = performance.now();
  for (const value of [
    '1'.repeat(50_000),
    `${'1.'.repeat(25_000)}x`,
    `${' '.repeat(50_000)}x`,
    `2026-01-01T${'0'.repeat(50_000)}`,
  ])
    summarise(value);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
