import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { createGuardedFetch } from './guarded-fetch.ts';
import { serve } from './testing/serve.ts';

describe('time and size', () => {
  test('a body that trickles in for ever ends at the total time limit', async () => {
    const { origin, fetch } = await serve((_request, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    await expect(fetch(origin, { allowHttp: true, timeoutMs: 200 })).rejects.toMatchObject({
      reason: 'timeout',
      permanent: false,
    });
  });

  test('headers that never come end at the time limit', async () => {
    const { origin, fetch } = await serve(() => undefined);
    await expect(fetch(origin, { allowHttp: true, timeoutMs: 150 })).rejects.toMatchObject({ reason: 'timeout' });
  });

  test('DNS that never answers ends at the time limit', async () => {
    const fetch = createGuardedFetch({ resolve: () => new Promise<string[]>(() => undefined), allowed: () => true });
    await expect(fetch('https://slow.example/', { timeoutMs: 100 })).rejects.toMatchObject({ reason: 'timeout' });
  });

  test('an abort rejects with its own reason', async () => {
    const { origin, fetch } = await serve(() => undefined);
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const pending = fetch(origin, { allowHttp: true, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(pending).rejects.toBe(reason);
    await expect(fetch(origin, { allowHttp: true, signal: controller.signal })).rejects.toBe(reason);
  });

  test.each([
    [1000, false],
    [1001, true],
  ])('%i bytes against a limit of 1,000', async (size, over) => {
    const { origin, fetch } = await serve((_request, response) => response.end(Buffer.alloc(size, 'a')));
    const request = { allowHttp: true, maxBytes: 1000 };
    if (over) await expect(fetch(origin, request)).rejects.toMatchObject({ reason: 'too_large', permanent: true });
    else await expect(fetch(origin, request)).resolves.toMatchObject({ truncated: false });
    const cut = await fetch(origin, { ...request, overflow: 'truncate' });
    expect(cut.body).toHaveLength(1000);
    expect(cut.truncated).toBe(over);
  });

  test('an endless body is left after the limit', async () => {
    const closed = Promise.withResolvers<void>();
    const { origin, fetch } = await serve((_request, response) => {
      const write = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', write).on('close', () => closed.resolve());
      write();
    });
    await expect(fetch(origin, { allowHttp: true, overflow: 'truncate' })).resolves.toMatchObject({ truncated: true });
    await closed.promise;
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('a %s bomb counts by what it unpacks to', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(20 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(65_536);
    const { origin, fetch } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb),
    );
    await expect(fetch(origin, { allowHttp: true })).rejects.toMatchObject({ reason: 'too_large' });
    await expect(fetch(origin, { allowHttp: true, overflow: 'truncate' })).resolves.toMatchObject({
      truncated: true,
      body: { length: 65_536 },
    });
  });

  test('compression that nobody asked for is unpacked all the same, and nothing to unpack is no error', async () => {
    const { origin, seen, fetch } = await serve((request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      if (request.method === 'HEAD') response.end();
      else response.end(gzipSync('packed'));
    });
    await expect(fetch(origin, { allowHttp: true })).resolves.toMatchObject({ body: Buffer.from('packed') });
    await expect(fetch(origin, { allowHttp: true, method: 'HEAD' })).resolves.toMatchObject({ body: { length: 0 } });
    expect(seen[0]?.headers['accept-encoding']).toBe('identity');
  });

  test.each(['zstd', 'gzip, gzip', 'exi'])('the encoding %s is refused', async (encoding) => {
    const { origin, fetch } = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end('x'),
    );
    await expect(fetch(origin, { allowHttp: true })).rejects.toMatchObject({ reason: 'network' });
  });
});
