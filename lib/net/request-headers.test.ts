import { headerProblem } from './request-headers.ts';

test.each([
  ['X-Api-Key', 'abc'],
  ['authorization', 'Bearer x.y-z'],
  ['x', ''],
])('%s may be sent', (name, value) => {
  expect(headerProblem(name, value)).toBeNull();
});

test.each([
  ['Host', 'evil'],
  ['TRANSFER-ENCODING', 'chunked'],
  ['content-length', '0'],
  ['Connection', 'x-api-key'],
  ['Upgrade', 'h2c'],
  ['te', 'trailers'],
  ['Proxy-Authorization', 'x'],
  ['proxy-anything', 'x'],
  ['keep-alive', '5'],
  ['Expect', '100-continue'],
  ['', 'x'],
  ['a b', 'x'],
  ['a:b', 'x'],
  ['a\r\nHost', 'x'],
  ['é', 'x'],
  ['x'.repeat(101), 'x'],
  ['x', 'a\r\nHost: evil'],
  ['x', 'a\nb'],
  ['x', 'a\rb'],
  ['x', 'a\0b'],
  ['x', '\u010a\u010d'],
  ['x', '\u2028'],
  ['x', 'y'.repeat(8001)],
])('%j: %j is refused', (name, value) => {
  expect(headerProblem(name, value)).toEqual(expect.any(String));
});

test('a long hostile value is judged at once', () => {
  const startedAt = performance.now();
  headerProblem('x', `${' \t'.repeat(25_000)}\n`);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
