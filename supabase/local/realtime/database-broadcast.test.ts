import { toBroadcast } from './database-broadcast.ts';

const row = {
  schema: 'realtime',
  table: 'messages_2026_01_01',
  values: {
    id: 'a',
    topic: 'room',
    event: 'e',
    private: 't',
    extension: 'broadcast',
    payload: '{"x": 1}',
    binary_payload: null,
  },
};

test('a row of a day partition is a broadcast', () => {
  expect(toBroadcast(row)).toEqual({
    isPrivate: true,
    content: {
      topic: 'realtime:room',
      event: 'e',
      payload: Buffer.from('{"x": 1}'),
      encoding: 'json',
      meta: { id: 'a' },
    },
  });
});

test('a binary payload arrives as bytes', () => {
  const values = { ...row.values, payload: null, binary_payload: '\\x00ff' };
  expect(toBroadcast({ ...row, values })?.content).toMatchObject({
    encoding: 'binary',
    payload: Buffer.from([0, 255]),
  });
});

test.each([
  ['of another schema', { ...row, schema: 'public' }],
  ['of another table', { ...row, table: 'subscription' }],
  ['of another extension', { ...row, values: { ...row.values, extension: 'presence' } }],
  ['without a payload', { ...row, values: { ...row.values, payload: null } }],
])('a row %s is none', (_, other) => {
  expect(toBroadcast(other)).toBeNull();
});
