import type { IncomingMessage, RequestListener } from 'node:http';
import type { z } from 'zod';
import { PermanentError } from '#lib/tasks/define';
import { startServer } from '../../lib/net/testing/servers.ts';
import type { TestServer } from '../../lib/net/testing/servers.ts';
import { runTask, startTask } from '#workers/testkit/index';
import httpRequest from './http-request.ts';
import { recordedTask } from './testing/context.ts';

let server: TestServer | undefined;
let seen: { request: IncomingMessage; body: string }[] = [];

/** Starts a loopback server, allows it, and returns its URL. */
async function serve(listener: RequestListener): Promise<string> {
  server = await startServer(async (request, response) => {
    seen.push({ request, body: Buffer.concat(await request.toArray()).toString() });
    listener(request, response);
  });
  process.env.HTTP_ALLOW_PRIVATE = `127.0.0.1:${server.port}`;
  return `http://127.0.0.1:${server.port}`;
}

const run = (payload: object, { task } = recordedTask()) => httpRequest.run(httpRequest.payload.parse(payload), task);

afterEach(async () => {
  await server?.close();
  seen = [];
  delete process.env.HTTP_ALLOW_PRIVATE;
});

test('keeps status, body and the headers that are safe to show', async () => {
  const url = await serve((_request, response) =>
    response
      .writeHead(201, {
        'content-type': 'application/json',
        'set-cookie': 'session=secret',
        'x-internal': 'x',
        etag: '"1"',
      })
      .end('{"a":[1,"ü"]}'),
  );
  const result = await run({ url });
  expect(result).toMatchObject({
    status: 201,
    bodyType: 'json',
    body: { a: [1, 'ü'] },
    truncated: false,
    bytes: 14,
    durationMs: expect.any(Number),
  });
  expect((result as { headers: object }).headers).toEqual({
    'content-type': 'application/json',
    etag: '"1"',
    date: expect.any(String),
  });
});

test('sends method, headers and body, and a key that is the same on every attempt', async () => {
  const url = await serve((_request, response) => response.writeHead(seen.length < 2 ? 503 : 200).end());
  const id = 'ffffffff-0000-7000-8000-000000000001';
  await runTask(httpRequest, { url, method: 'POST', headers: { 'X-Api-Key': 'k' }, body: '{"a":1}' }, { id });
  const sent = {
    body: '{"a":1}',
    request: {
      method: 'POST',
      headers: { 'x-api-key': 'k', 'content-type': 'application/json', 'idempotency-key': id },
    },
  };
  expect(seen).toMatchObject([sent, sent]);
});

test('a key of the payload is the one that is sent', async () => {
  const url = await serve((_request, response) => response.end());
  await run({ url, method: 'PUT', headers: { 'Idempotency-Key': 'mine' }, body: 'plain' });
  expect(seen[0]).toMatchObject({
    body: 'plain',
    request: { headers: { 'content-type': 'text/plain; charset=utf-8', 'idempotency-key': 'mine' } },
  });
});

test.each([
  [65_536, false],
  [65_537, true],
  [5_000_000, true],
])('a body of %i bytes is kept up to 64 KB', async (size, truncated) => {
  const url = await serve((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/plain' }).end('a'.repeat(size)),
  );
  const result = (await run({ url })) as { body: string };
  expect(result).toMatchObject({ truncated, bytes: Math.min(size, 65_536) });
  expect(result.body).toHaveLength(Math.min(size, 65_536));
});

test.each([400, 401, 403, 404, 410, 422])('%i is not tried again', async (status) => {
  const url = await serve((_request, response) => response.writeHead(status).end());
  expect(await runTask(httpRequest, { url })).toMatchObject({ state: 'failed', error: { retryable: false } });
  expect(seen).toHaveLength(1);
});

test.each([408, 429, 500, 502, 503])('%i is tried again', async (status) => {
  const url = await serve((_request, response) => response.writeHead(seen.length < 3 ? status : 200).end());
  expect(await runTask(httpRequest, { url })).toMatchObject({ state: 'completed', result: { status: 200 } });
  expect(seen).toHaveLength(3);
});

test('the expected status succeeds whatever it is, and any other fails', async () => {
  const url = await serve((_request, response) => response.writeHead(404).end());
  await expect(run({ url, expectStatus: 404 })).resolves.toMatchObject({ status: 404, bodyType: 'none', body: null });
  await expect(run({ url, expectStatus: 200 })).rejects.toThrow(/answered 404, not 200/);
});

test('redirects are followed, or shown when that is not wanted', async () => {
  const url = await serve((request, response) =>
    request.url === '/' ? response.writeHead(302, { location: '/there' }).end() : response.end('there'),
  );
  await expect(run({ url })).resolves.toMatchObject({ status: 200, url: `${url}/there`, body: 'there' });
  await expect(run({ url, followRedirects: false })).resolves.toMatchObject({
    status: 302,
    headers: { location: '/there' },
  });
});

test('a private address is refused for good, a redirect to one as well', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  );
  await expect(run({ url })).rejects.toThrow(PermanentError);
  delete process.env.HTTP_ALLOW_PRIVATE;
  await expect(run({ url })).rejects.toThrow(/only public ones may be called/);
});

test('a time limit is worth another attempt', async () => {
  const url = await serve(() => undefined);
  const { attempts } = await runTask(httpRequest, { url, timeoutMs: 100 }, { attempts: 2 });
  expect(attempts).toMatchObject([{ error: { name: 'GuardedFetchError' } }, { outcome: 'failure', waitedMs: 0 }]);
});

test('a cancel ends the request', async () => {
  const url = await serve(() => task.cancel());
  const task = startTask(httpRequest, { url });
  expect(await task.ended).toMatchObject({ state: 'cancelled', attempts: [{ ignoredSignal: false }] });
});

test.each<[string, object, string]>([
  ['a header with a line break', { headers: { 'x-a': 'b\r\nHost: evil' } }, 'headers'],
  ['a header name with a line break', { headers: { 'x\r\na': 'b' } }, 'headers'],
  ['a header of the connection', { headers: { 'Transfer-Encoding': 'chunked' } }, 'headers'],
  [
    '51 headers',
    { headers: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`x-${index}`, ''])) },
    'headers',
  ],
  ['a GET with a body', { body: 'x' }, 'body'],
  ['a method that tunnels', { method: 'CONNECT' }, 'method'],
  ['another protocol', { url: 'file:///etc/passwd' }, 'url'],
  ['no URL', { url: 'example.com' }, 'url'],
  ['a URL of 3 KB', { url: `https://example.com/${'a'.repeat(3000)}` }, 'url'],
  ['more than a minute', { timeoutMs: 60_001 }, 'timeoutMs'],
  ['a field that does not exist', { uri: 'x' }, ''],
])('%s is refused with its field', (_what, change, field) => {
  const parsed = httpRequest.payload.safeParse({ url: 'https://example.com/', ...change });
  expect((parsed.error as z.ZodError).issues[0]?.path[0] ?? '').toBe(field);
});

test('a __proto__ header changes nothing and is sent nowhere', () => {
  const payload = JSON.parse('{"url":"https://example.com/","headers":{"__proto__":"x"}}') as object;
  const parsed = httpRequest.payload.safeParse(payload);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  expect(parsed.success ? Object.keys((parsed.data as { headers: object }).headers) : []).toEqual([]);
});
