import { readResponseBody } from './response-body.ts';

const read = (body: string | Buffer, type = 'application/json', truncated = false) =>
  readResponseBody(Buffer.from(body as string), type, truncated);

test.each<[string, string | Buffer, string, object]>([
  ['JSON', '{"a":1}', 'application/json; charset=utf-8', { bodyType: 'json', body: { a: 1 } }],
  ['JSON by suffix', '[1]', 'application/problem+json', { bodyType: 'json', body: [1] }],
  ['broken JSON', '{"a":', 'application/json', { bodyType: 'text', body: '{"a":' }],
  ['HTML', '<script>alert(1)</script>', 'text/html', { bodyType: 'text', body: '<script>alert(1)</script>' }],
  ['nothing', '', 'text/html', { bodyType: 'none', body: null }],
  ['Latin-1', Buffer.from([0xfc]), 'text/plain; charset=ISO-8859-1', { bodyType: 'text', body: 'ü' }],
  ['an unknown charset', 'x', 'text/plain; charset=klingon', { bodyType: 'base64', body: 'eA==' }],
  ['an image', Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'image/png', { bodyType: 'base64', body: 'iVBORw==' }],
  ['text with NUL', 'a\0b', 'text/plain', { bodyType: 'base64', body: 'YQBi' }],
])('%s', (_what, body, type, expected) => {
  expect(read(body, type)).toEqual(expected);
});

test.each([
  ['a NUL in a string', '{"a":"\\u0000"}'],
  ['a NUL in a key', '{"\\u0000":1}'],
  ['half a surrogate pair', '["\\ud800"]'],
  ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`],
  ['30,000 levels', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
])('JSON that Postgres would refuse stays text: %s', (_what, body) => {
  expect(read(body)).toEqual({ bodyType: 'text', body });
});

test('32 levels are JSON', () => {
  expect(read(`${'['.repeat(32)}${']'.repeat(32)}`).bodyType).toBe('json');
});

test('a body that was cut off is text, without the half character at its end', () => {
  expect(read(Buffer.from('{"a":"ü').subarray(0, 7), 'application/json', true)).toEqual({
    bodyType: 'text',
    body: '{"a":"',
  });
});
