import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createGuardedFetch, guardedFetch } from './guarded-fetch.ts';
import { parseAllowList } from './allow-list.ts';
import { startServer, startTlsServer, testCertificate } from './testing/servers.ts';
import { closeAfterTest, serve } from './testing/serve.ts';

const blocked = { name: 'GuardedFetchError', reason: 'blocked', permanent: true };

describe('where it may go', () => {
  test.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/plain,x',
    'unix:/run/docker.sock',
    'https://user:secret@example.com/',
    'https://',
    'example.com',
    '',
    '//example.com',
  ])('%j is no URL for it', async (url) => {
    await expect(guardedFetch(url)).rejects.toMatchObject(blocked);
  });

  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f.0.0.1/',
    'http://2130706433/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:169.254.169.254]/latest/meta-data',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://169.254.169.254/',
    'http://10.1.2.3:6379/',
    'http://１２７.0.0.1/',
    'http://localhost/',
  ])('%s is blocked before a connection is made', async (url) => {
    await expect(guardedFetch(url, { allowHttp: true })).rejects.toMatchObject({
      ...blocked,
      message: expect.stringContaining('HTTP_ALLOW_PRIVATE'),
    });
  });

  test('a name is refused when only one of its addresses is private', async () => {
    const fetch = createGuardedFetch({ resolve: async () => ['93.184.216.34', '10.0.0.1'], allowed: () => false });
    await expect(fetch('https://mixed.example/')).rejects.toMatchObject(blocked);
  });

  test('the message of a blocked name does not tell its address', async () => {
    const fetch = createGuardedFetch({ resolve: async () => ['10.20.30.40'], allowed: () => false });
    await expect(fetch('https://secret.example/token')).rejects.toThrow(
      /^(?!.*(10\.20\.30\.40|token)).*private address/,
    );
  });

  test('DNS rebinding: the connection goes to the address that was checked, and the name is asked once', async () => {
    const { port, seen } = await serve((_request, response) => response.end('inside'));
    const answers = [['192.0.2.1'], ['127.0.0.1']];
    const resolve = jest.fn(async () => answers.shift() ?? ['127.0.0.1']);
    // 192.0.2.1 is let through as if it were public; only the second answer would reach the server.
    const fetch = createGuardedFetch({ resolve, allowed: parseAllowList('rebind.example') });
    await expect(fetch(`http://rebind.example:${port}/`, { allowHttp: true, timeoutMs: 300 })).rejects.toMatchObject({
      name: 'GuardedFetchError',
    });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(seen).toHaveLength(0);
  });

  test('a name is connected to by the address that the resolver gave', async () => {
    const { port, seen } = await serve((_request, response) => response.end('hello'));
    const fetch = createGuardedFetch({
      resolve: async () => ['127.0.0.1'],
      allowed: parseAllowList('made-up.example'),
    });
    await expect(fetch(`http://made-up.example:${port}/`, { allowHttp: true })).resolves.toMatchObject({ status: 200 });
    expect(seen[0]?.headers.host).toBe(`made-up.example:${port}`);
  });

  test('HTTP_ALLOW_PRIVATE opens the host it names and no other', async () => {
    const { origin, port } = await serve((_request, response) => response.end('intranet'));
    process.env.HTTP_ALLOW_PRIVATE = `127.0.0.1:${port}`;
    try {
      await expect(guardedFetch(origin, { allowHttp: true })).resolves.toMatchObject({ status: 200 });
      await expect(guardedFetch(`http://localhost:${port}`, { allowHttp: true })).rejects.toMatchObject(blocked);
      await expect(guardedFetch(origin)).rejects.toMatchObject(blocked);
    } finally {
      delete process.env.HTTP_ALLOW_PRIVATE;
    }
  });
});

test('a list of hosts that cannot be read is said, not taken for a bad network', async () => {
  process.env.HTTP_ALLOW_PRIVATE = 'http://wiki.intern';
  try {
    await expect(guardedFetch('https://example.com/')).rejects.toThrow(
      'HTTP_ALLOW_PRIVATE: "http://wiki.intern" is not a host',
    );
  } finally {
    delete process.env.HTTP_ALLOW_PRIVATE;
  }
});

describe('TLS', () => {
  test('verifies the name, although the connection is made to an address', async () => {
    const server = await startTlsServer((_request, response) => response.end('secure'));
    closeAfterTest(server);
    const options = { resolve: async () => ['127.0.0.1'], allowed: () => true, ca: testCertificate };
    const fetch = createGuardedFetch(options);
    await expect(fetch(`https://hooks.example.test:${server.port}/`)).resolves.toMatchObject({
      status: 200,
      body: Buffer.from('secure'),
    });
    await expect(fetch(`https://other.example.test:${server.port}/`)).rejects.toMatchObject({
      reason: 'network',
      message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    });
    const untrusting = createGuardedFetch({ ...options, ca: undefined });
    await expect(untrusting(`https://hooks.example.test:${server.port}/`)).rejects.toMatchObject({
      reason: 'network',
      message: expect.stringContaining('SELF_SIGNED'),
    });
  });
});

describe('redirects', () => {
  const redirectTo =
    (location: string, status = 302): RequestListener =>
    (_request, response) =>
      response.writeHead(status, { location }).end('moved');

  test('are the answer itself unless they are asked for', async () => {
    const { origin, fetch } = await serve(redirectTo('http://169.254.169.254/'));
    await expect(fetch(origin, { allowHttp: true })).resolves.toMatchObject({
      status: 302,
      headers: { location: 'http://169.254.169.254/' },
    });
  });

  test.each([
    'http://169.254.169.254/',
    'http://localhost:1/',
    'http://[::1]/',
    'file:///etc/passwd',
    'http://10.0.0.1/',
    '//127.0.0.2/',
    'http://user:pw@127.0.0.1/',
    'http://',
  ])('to %s is checked like the first URL', async (location) => {
    const { origin, fetch } = await serve(redirectTo(location));
    await expect(fetch(origin, { allowHttp: true, maxRedirects: 5 })).rejects.toMatchObject(blocked);
  });

  test('end at the limit', async () => {
    const { origin, seen, fetch } = await serve(redirectTo('/again'));
    await expect(fetch(origin, { allowHttp: true, maxRedirects: 3 })).rejects.toMatchObject({
      ...blocked,
      message: expect.stringContaining('more than 3 times'),
    });
    expect(seen).toHaveLength(4);
  });

  test('keep credentials within the origin, and drop them outside', async () => {
    const target = await serve((_request, response) => response.end('target'));
    const inside = await serve((request, response) =>
      request.url === '/' ? redirectTo('/here')(request, response) : response.end(),
    );
    const outside = await serve(redirectTo(target.origin, 307));
    const fetch = createGuardedFetch({ allowed: () => true });
    const request = {
      allowHttp: true,
      maxRedirects: 1,
      headers: { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k', Accept: 'text/plain' },
    };
    await fetch(inside.origin, request);
    expect(inside.seen[1]?.headers).toMatchObject({ authorization: 'Bearer x', 'x-api-key': 'k' });
    await fetch(outside.origin, request);
    expect(target.seen[0]?.headers).toMatchObject({ accept: 'text/plain' });
    for (const secret of ['authorization', 'cookie', 'x-api-key'])
      expect(target.seen[0]?.headers).not.toHaveProperty(secret);
  });

  test.each([
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'data'],
    [308, 'POST', 'data'],
  ])('%i after a POST is followed by %s', async (status, method, expectedBody) => {
    const bodies: string[] = [];
    const { origin, seen, fetch } = await serve(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()).toString());
      if (request.url === '/') redirectTo('/next', status)(request, response);
      else response.end();
    });
    await fetch(origin, {
      allowHttp: true,
      maxRedirects: 1,
      method: 'POST',
      body: 'data',
      headers: { 'content-type': 'text/plain' },
    });
    expect(seen[1]?.method).toBe(method);
    expect(bodies[1]).toBe(expectedBody);
  });

  test('from https to http are not followed', async () => {
    const server = await startTlsServer(redirectTo('http://127.0.0.1:1/'));
    closeAfterTest(server);
    const fetch = createGuardedFetch({ allowed: () => true, ca: testCertificate });
    await expect(
      fetch(`https://localhost:${server.port}/`, { allowHttp: true, maxRedirects: 1 }),
    ).rejects.toMatchObject(blocked);
  });
});

describe('broken servers', () => {
  /** Answers any connection with these bytes, and ends it. */
  async function raw(bytes: string) {
    const server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(bytes)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closeAfterTest({ port: 0, close: () => new Promise((resolve) => void server.close(() => resolve())) });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test.each([
    ['no HTTP', 'SSH-2.0-OpenSSH_9\r\n'],
    ['nothing', ''],
    ['a body cut short', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
    ['broken gzip', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc'],
    ['too many headers', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
  ])('%s is a network error', async (_what, bytes) => {
    const origin = await raw(bytes);
    const fetch = createGuardedFetch({ allowed: () => true });
    await expect(fetch(origin, { allowHttp: true, timeoutMs: 2000 })).rejects.toMatchObject({
      reason: 'network',
      permanent: false,
    });
  });

  test('a port where nothing listens, and a name that is not known', async () => {
    const server = await startServer(() => undefined);
    await server.close();
    const fetch = createGuardedFetch({ allowed: () => true });
    await expect(fetch(`http://127.0.0.1:${server.port}/`, { allowHttp: true })).rejects.toMatchObject({
      reason: 'network',
      message: expect.stringContaining('nothing listens there'),
    });
    const unknown = createGuardedFetch({
      resolve: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
      allowed: () => true,
    });
    await expect(unknown('https://nowhere.example/?secret=1')).rejects.toThrow(
      'The request to nowhere.example failed: the name is not known to DNS.',
    );
  });

  test('headers that would split the request are refused before anything is sent', async () => {
    const { origin, seen, fetch } = await serve((_request, response) => response.end());
    await expect(fetch(origin, { allowHttp: true, headers: { 'x-a': 'b\r\nHost: evil' } })).rejects.toMatchObject(
      blocked,
    );
    await expect(fetch(origin, { allowHttp: true, headers: { 'Transfer-Encoding': 'chunked' } })).rejects.toMatchObject(
      blocked,
    );
    expect(seen).toHaveLength(0);
  });
});

test('no connection outlives its request', async () => {
  const { origin, seen, fetch } = await serve((_request, response) => response.end('x'));
  await fetch(origin, { allowHttp: true });
  const socket = seen[0]?.socket;
  if (!socket?.destroyed) await new Promise((resolve) => socket?.once('close', resolve));
  expect(socket?.destroyed).toBe(true);
});
