import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Caddy comes from the system (Debian's package `caddy`), or is named by CADDY; without it these tests fail. */
const caddy = process.env.CADDY ?? 'caddy';

/** Answers with what it was asked, as each of the services behind the gateway would see it. */
async function startEcho(): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.end(JSON.stringify({ url: request.url, host: request.headers.host }));
  });
  return { server, port: await listen(server) };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe('the gateway', () => {
  const folder = mkdtempSync(join(tmpdir(), 'taskdeck-gateway-'));
  let echo: Awaited<ReturnType<typeof startEcho>>;
  let child: ChildProcess;
  let base: string;

  beforeAll(async () => {
    echo = await startEcho();
    const spare = createServer();
    const port = await listen(spare);
    await new Promise((resolve) => spare.close(resolve));
    const config = readFileSync('docker/gateway/Caddyfile', 'utf8')
      .replaceAll(/\b(auth:9999|rest:3000|realtime:4000)\b/g, `127.0.0.1:${echo.port}`)
      .replace(':8000 {', `http://127.0.0.1:${port} {`);
    writeFileSync(join(folder, 'Caddyfile'), config);
    child = spawn(caddy, ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
      stdio: 'ignore',
      env: {
        ...process.env,
        HOME: folder,
        SITE_URL: 'http://web.example',
        SUPABASE_PUBLISHABLE_KEY: 'public-key',
        SUPABASE_SECRET_KEY: 'secret-key',
      },
    });
    base = `http://127.0.0.1:${port}`;
    const limit = Date.now() + 10_000;
    while (
      Date.now() < limit &&
      !(await fetch(`${base}/health`).then(
        (r) => r.ok,
        () => false,
      ))
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
  });

  afterAll(async () => {
    child.kill();
    await once(child, 'exit');
    echo.server.closeAllConnections();
    echo.server.close();
    rmSync(folder, { recursive: true });
  });

  const ask = async (path: string, headers: Record<string, string> = { apikey: 'public-key' }, method = 'GET') => {
    const response = await fetch(base + path, { method, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  /** Sends the path as it is; fetch would tidy it first. */
  const askRaw = (path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(base);
      get({ hostname, port, path, headers: { apikey: 'secret-key' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });

  test.each([
    ['/auth/v1/token?grant_type=password', '/token?grant_type=password', undefined],
    ['/rest/v1/tasks?select=id', '/tasks?select=id', undefined],
    ['/realtime/v1/api/broadcast', '/api/broadcast', 'realtime-dev.supabase-realtime'],
    [
      '/realtime/v1/websocket?apikey=public-key&vsn=2.0.0',
      '/socket/websocket?apikey=public-key&vsn=2.0.0',
      'realtime-dev.supabase-realtime',
    ],
  ])('%s reaches its service as %s', async (path, url, host) => {
    const { status, text } = await ask(path);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ url, ...(host ? { host } : {}) });
  });

  test('asks for a key, in the header or, if it is the public one, in the URL', async () => {
    expect((await ask('/rest/v1/tasks', {})).status).toBe(401);
    expect((await ask('/rest/v1/tasks', { apikey: 'wrong' })).status).toBe(401);
    expect((await ask('/rest/v1/tasks', { apikey: 'secret-key' })).status).toBe(200);
    expect((await ask('/realtime/v1/websocket?apikey=public-key', {})).status).toBe(200);
    expect((await ask('/realtime/v1/websocket?apikey=secret-key', {})).status).toBe(401);
    expect((await ask('/auth/v1/.well-known/jwks.json', {})).status).toBe(200);
    expect((await ask('/auth/v1/admin/users', {})).status).toBe(401);
  });

  test('lets nobody sign in by a code that could be guessed', async () => {
    for (const path of [
      'otp',
      'verify',
      'recover',
      'magiclink',
      'signup',
      'authorize',
      'callback',
      'token/../verify',
      'invite',
    ]) {
      expect([path, await askRaw(`/auth/v1/${path}`)]).toEqual([path, 404]);
    }
  });

  test('gives the administration of Auth to the secret key only', async () => {
    expect((await ask('/auth/v1/admin/users', { apikey: 'public-key' })).status).toBe(404);
    expect((await ask('/auth/v1/admin/users', { apikey: 'secret-key' })).status).toBe(200);
  });

  test('keeps the administration of Realtime inside, and knows no other path', async () => {
    for (const path of [
      '/realtime/v1/api/tenants',
      '/realtime/v1/api/tenants/realtime-dev/health',
      '/realtime/v1/api/openapi',
      '/realtime/v1/metrics',
      '/anything',
      '/',
    ]) {
      expect([path, (await ask(path, { apikey: 'secret-key' })).status]).toEqual([path, 404]);
    }
    for (const raw of [
      '/realtime/v1/websocket/../../api/tenants',
      '/realtime/v1/api/broadcast/../tenants',
      '/realtime/v1//api/tenants',
      '/realtime/v1/api/%74enants',
    ]) {
      expect([raw, await askRaw(raw)]).toEqual([raw, 404]);
    }
  });

  test('answers CORS once, for the site alone', async () => {
    const preflight = await ask('/auth/v1/token', {}, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('apikey');
    const answer = await ask('/rest/v1/tasks');
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://web.example');
    expect(answer.headers.get('server')).toBeNull();
  });
});
