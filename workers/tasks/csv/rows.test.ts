import { PermanentError } from '#lib/tasks/define';
import { countLines, detectDelimiter, readRows } from './rows.ts';
import type { Delimiter } from './rows.ts';

async function read(text: string, delimiter: Delimiter = 'comma') {
  const rows: [number, ...string[]][] = [];
  for await (const { line, fields } of readRows(Buffer.from(text), delimiter)) rows.push([line, ...fields]);
  return rows;
}

test.each(['\n', '\r\n', '\r'])('rows are told with the line they begin at, whatever ends a line: %j', async (end) => {
  const text = ['a,b', '1,2', `"x${end}y",3`, '4,5', '', '', '6'].join(end);
  const expected = [
    [1, 'a', 'b'],
    [2, '1', '2'],
    [3, `x${end}y`, '3'],
    [5, '4', '5'],
    [8, '6'],
  ];
  expect(await read(text)).toEqual(expected);
  expect(await read(text + end)).toEqual(expected);
});

test('files that mix line ends are read', async () => {
  expect(await read('a,b\r\n1,2\n"x\ny",3\r\n4,5\r6,7')).toEqual([
    [1, 'a', 'b'],
    [2, '1', '2'],
    [3, 'x\ny', '3'],
    [5, '4', '5'],
    [6, '6', '7'],
  ]);
});

test('a byte order mark is no part of the first name', async () => {
  expect(await read('\ufeffa,b\n1,2')).toEqual([
    [1, 'a', 'b'],
    [2, '1', '2'],
  ]);
});

test('quotes: doubled ones, delimiters within, stray ones', async () => {
  expect(await read('"a ""b""","c,d"\n5" nail,x\n"y"z,w\n"",')).toEqual([
    [1, 'a "b"', 'c,d'],
    [2, '5" nail', 'x'],
    [3, '"y"z', 'w'],
    [4, '', ''],
  ]);
});

test('a row keeps the number of fields that it has', async () => {
  expect(await read('a,b\n1\n1,2,3\n ')).toEqual([
    [1, 'a', 'b'],
    [2, '1'],
    [3, '1', '2', '3'],
    [4, ' '],
  ]);
});

test.each(['', '\n\n', '\r\n', '\ufeff'])('%j has no rows', async (text) => {
  expect(await read(text)).toEqual([]);
});

test('a quote that is never closed is refused for good, by the line where it stands', async () => {
  const good = Array.from({ length: 5000 }, (_, index) => `${index},x`).join('\n');
  await expect(read(`a,b\n${good}\n"open,1\n2,3\n`)).rejects.toThrow(/row at line 5002 .*never closed/);
  await expect(read(`a,b\n"open,1\n2,3\n`)).rejects.toThrow(PermanentError);
  await expect(read(`a,b\n1,2\n"${'x\n'.repeat(200_000)}`)).rejects.toThrow(/row at line 3 /);
});

test('all fields arrive when a row lies across the parts in which the file is read', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `${index},"ü${index}\n"`);
  const read_ = await read(rows.join('\n'));
  expect(read_).toHaveLength(20_000);
  expect(read_.at(-1)).toEqual([39_999, '19999', 'ü19999\n']);
});

test.each<[string, Delimiter]>([
  ['a,b,c', 'comma'],
  ['a;b;c', 'semicolon'],
  ['a\tb', 'tab'],
  ['a|b', 'pipe'],
  ['a', 'comma'],
  ['', 'comma'],
  ['"a,b,c";d', 'semicolon'],
  ['\ufeff\n\na;b\n1,2,3,4', 'semicolon'],
])('the delimiter of %j is the %s', (text, delimiter) => {
  expect(detectDelimiter(Buffer.from(text))).toBe(delimiter);
});

test.each([
  ['', 1],
  ['a', 1],
  ['a\n', 2],
  ['a\r\nb', 2],
  ['a\rb\rc', 3],
])('%j has %i lines', (text, lines) => {
  expect(countLines(Buffer.from(text))).toBe(lines);
});
