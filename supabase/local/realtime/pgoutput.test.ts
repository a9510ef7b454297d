import { PgOutputReader } from './pgoutput.ts';

/** Relation 7, realtime.messages_2026_01_01 (topic, payload). */
const relation = Buffer.concat([
  Buffer.from('R'),
  Buffer.from([0, 0, 0, 7]),
  Buffer.from('realtime\0messages_2026_01_01\0d'),
  Buffer.from([0, 2]),
  ...['topic', 'payload'].map((name) => Buffer.concat([Buffer.from([0]), Buffer.from(`${name}\0`), Buffer.alloc(8)])),
]);

/** An insert into relation `id` of ('größe', null). */
function insert(id: number): Buffer {
  const text = Buffer.from('größe');
  return Buffer.concat([
    Buffer.from('I'),
    Buffer.from([0, 0, 0, id]),
    Buffer.from('N'),
    Buffer.from([0, 2]),
    Buffer.from('t'),
    Buffer.from([0, 0, 0, text.length]),
    text,
    Buffer.from('n'),
  ]);
}

test('an insert is read with the columns of its relation', () => {
  const reader = new PgOutputReader();
  expect(reader.read(relation)).toBeNull();
  expect(reader.read(insert(7))).toEqual({
    schema: 'realtime',
    table: 'messages_2026_01_01',
    values: { topic: 'größe', payload: null },
  });
});

test('an insert into an unknown relation and other messages are passed over', () => {
  const reader = new PgOutputReader();
  expect(reader.read(insert(8))).toBeNull();
  expect(reader.read(Buffer.from('C'))).toBeNull();
});

test('a short message is an error and not a wrong row', () => {
  const reader = new PgOutputReader();
  reader.read(relation);
  expect(() => reader.read(insert(7).subarray(0, 9))).toThrow('out of range');
});
