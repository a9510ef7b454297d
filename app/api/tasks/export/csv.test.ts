import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { csvCell } from './csv.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  [' =1', "' =1"],
  ['\t=1', "'\t=1"],
  ['a"b', '"a""b"'],
  ['a,b', '"a,b"'],
  ['a\nb', '"a\nb"'],
  [-1, '-1'],
  [null, ''],
  [undefined, ''],
  ['', ''],
])('%j is written as %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell);
});

it('is read again as it was, but for the apostrophe', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const [row] = parse(`x,${csvCell(text)},y\r\n`, { relax_column_count: false }) as string[][];
      expect(row?.[1]?.replace(/^'/, '')).toBe(text.replace(/^'/, ''));
    }),
  );
});
