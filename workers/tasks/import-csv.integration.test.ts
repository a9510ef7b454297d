import { v7 as uuidv7 } from 'uuid';
import { saveFile } from '#lib/files/index';
import { PermanentError } from '#lib/tasks/define';
import { testDatabase } from '../../scripts/testing/database.ts';
import type { TestDatabase } from '../../scripts/testing/database.ts';
import importCsv from './import-csv.ts';
import { recordedTask } from './testing/context.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const upload = async (text: string) =>
  (await saveFile({ actorRef: 'user:test', name: 'x.csv', mediaType: 'text/csv', content: Buffer.from(text) })).id;
const run = (payload: object, { task } = recordedTask()) => importCsv.run(importCsv.payload.parse(payload), task);

test('good rows are summed up by column, bad ones told by line and reason, and logged', async () => {
  const recorded = recordedTask();
  const file = await upload(
    '\ufeffid;name;joined\r\n1;Ada;2026-01-02\r\n2;"x\r\ny";\r\n\r\n3;Bob\r\n4;;2026-03-04\r\n;Eve;2025-05-06\r\n',
  );
  await expect(run({ file, requiredColumns: ['id', 'name'] }, recorded)).resolves.toEqual({
    rows: 5,
    valid: 2,
    bad: 3,
    badRows: [
      { line: 6, reason: 'it has 2 fields, but there are 3 columns' },
      { line: 7, reason: '"name" must not be empty' },
      { line: 8, reason: '"id" must not be empty' },
    ],
    delimiter: 'semicolon',
    columns: [
      { name: 'id', type: 'integer', empty: 0, min: 1, max: 2 },
      { name: 'name', type: 'text', empty: 0 },
      { name: 'joined', type: 'date', empty: 1, min: '2026-01-02', max: '2026-01-02' },
    ],
  });
  expect(recorded.logs.filter(({ level }) => level === 'warn')).toHaveLength(3);
  expect(recorded.progress.at(-1)).toMatchObject({ done: 9, total: 9, message: '2 valid, 3 bad' });
});

test('100 bad rows are listed, all are counted, and the log does not flood', async () => {
  const recorded = recordedTask();
  const file = await upload(`a,b\n${'x\n'.repeat(5000)}`);
  const result = (await run({ file }, recorded)) as { badRows: unknown[] };
  expect(result).toMatchObject({ rows: 5000, valid: 0, bad: 5000 });
  expect(result.badRows).toHaveLength(100);
  expect(recorded.logs.filter(({ level }) => level === 'warn')).toHaveLength(101);
  expect(recorded.progress.length).toBeGreaterThan(5);
});

test('a cancel that comes as an event stops it at the next pause', async () => {
  const file = await upload(`a,b\n${'1,2\n'.repeat(5000)}`);
  const { task, abort } = recordedTask();
  const reason = new Error('cancelled');
  const lines: unknown[] = [];
  const progress = (line: unknown) => {
    lines.push(line);
    setImmediate(() => abort(reason));
  };
  await expect(run({ file }, { ...recordedTask(), task: { ...task, progress } })).rejects.toBe(reason);
  expect(lines).toHaveLength(1);
});

test.each([
  ['a file that has only blank lines', '\n\n', {}],
  ['a column that is not there', 'a,b\n1,2\n', { requiredColumns: ['c'] }],
  ['a column named as a property is', 'a,b\n1,2\n', { requiredColumns: ['__proto__'] }],
  ['a quote that is never closed', 'a,b\n"1,2\n', {}],
  ['another delimiter', 'a;b;;c\n', { delimiter: 'semicolon' }],
])('%s is refused for good', async (_what, text, options) => {
  await expect(run({ file: await upload(text), ...options })).rejects.toThrow(PermanentError);
});

test('a header alone is a file of no rows', async () => {
  await expect(run({ file: await upload('a,__proto__') })).resolves.toMatchObject({
    rows: 0,
    columns: [
      { name: 'a', type: 'empty' },
      { name: '__proto__', type: 'empty' },
    ],
  });
});

test('a file that is gone is not tried again', async () => {
  await expect(run({ file: uuidv7() })).rejects.toThrow(PermanentError);
});
