import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { keepTail } from './tail.ts';

async function tailOf(chunks: (string | Buffer)[]) {
  const stream = new PassThrough();
  const tail = keepTail(stream);
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished(stream);
  return tail;
}

test('what is short is kept whole', async () => {
  const tail = await tailOf(['one\n', 'two\n']);
  expect(tail.read()).toBe('one\ntwo');
});

test('of what is long the last is kept, and it is said', async () => {
  const tail = await tailOf([...Array<string>(100).fill('x'.repeat(10_000)), 'the end\n']);
  const kept = tail.read();
  expect(kept).toHaveLength(4_000);
  expect(kept.startsWith('…x')).toBe(true);
  expect(kept.endsWith('xthe end')).toBe(true);
});

test('a character that is split between chunks is kept whole', async () => {
  const [head, rest] = [Buffer.from('é').subarray(0, 1), Buffer.from('é').subarray(1)];
  expect((await tailOf([head, rest])).read()).toBe('é');
});

test('cleared, it begins anew', async () => {
  const tail = await tailOf(['x'.repeat(5_000)]);
  tail.clear();
  expect(tail.read()).toBe('');
});

test('there may be no stream: the process did not start', () => {
  expect(keepTail(null).read()).toBe('');
});
