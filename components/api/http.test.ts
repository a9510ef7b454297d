import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from './http.ts';

/** Answers with the head only, or not at all. */
let server: Server;
const path = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/half') response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
});

const limits: number[] = [];
beforeEach(() => {
  limits.length = 0;
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    limits.push(ms);
    return timeout(100);
  });
});
afterEach(() => jest.restoreAllMocks());

it.each(['silent', 'half'])('gives up a read whose answer does not come (%s)', async (name) => {
  await expect(request(path(name))).rejects.toMatchObject({ name: 'ApiError', code: 'unreachable' });
  expect(limits).toEqual([30_000]);
});

it('gives up a read that its caller can end, too', async () => {
  const { signal } = new AbortController();
  await expect(request(path('silent'), { signal })).rejects.toMatchObject({ code: 'unreachable' });
});

it('tells an abort by the caller as what it is', async () => {
  const caller = new AbortController();
  const asked = request(path('silent'), { signal: caller.signal });
  caller.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

it('never gives up a write', async () => {
  const caller = new AbortController();
  const asked = request(path('silent'), { method: 'POST', body: {}, signal: caller.signal });
  caller.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  expect(limits).toEqual([]);
});
