import type { RequestListener } from 'node:http';
import { PermanentError } from '#lib/tasks/define';
import { startTlsServer } from '../../../lib/net/testing/servers.ts';
import type { TestServer } from '../../../lib/net/testing/servers.ts';
import { recordedTask } from '../testing/context.ts';
import { trustTestServers } from '../testing/tls.ts';
import { postToWebhook } from './webhook.ts';

let server: TestServer | undefined;
let distrust = () => {};

async function serve(listener: RequestListener): Promise<string> {
  server = await startTlsServer(listener);
  return `https://localhost:${server.port}/services/secret`;
}

beforeAll(() => {
  distrust = trustTestServers();
});
afterEach(() => server?.close());
afterAll(() => distrust());

test('posts the text as JSON, with a key that is the same on every attempt', async () => {
  let received: unknown;
  const url = await serve(async (request, response) => {
    received = {
      method: request.method,
      path: request.url,
      type: request.headers['content-type'],
      key: request.headers['idempotency-key'],
      body: JSON.parse(Buffer.concat(await request.toArray()).toString()) as unknown,
    };
    response.end('ok');
  });
  const { task } = recordedTask();
  await expect(postToWebhook(url, 'Grüße "all" 👋', task)).resolves.toEqual({
    deliveredTo: 'webhook',
    host: new URL(url).host,
    status: 200,
  });
  expect(received).toEqual({
    method: 'POST',
    path: '/services/secret',
    type: 'application/json',
    key: task.id,
    body: { text: 'Grüße "all" 👋' },
  });
});

test.each([301, 302, 400, 403, 404, 410])(
  '%i is refused for good, without the path that is its password',
  async (status) => {
    const url = await serve((_request, response) =>
      response.writeHead(status, { location: 'https://localhost:1/' }).end('internal details'),
    );
    const error: unknown = await postToWebhook(url, 'x', recordedTask().task).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).not.toMatch(/secret|internal details/);
  },
);

test.each([408, 429, 500, 503])('%i is tried again', async (status) => {
  const url = await serve((_request, response) => response.writeHead(status).end());
  const error: unknown = await postToWebhook(url, 'x', recordedTask().task).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'Error', message: expect.stringContaining(String(status)) });
});

test('a long answer is still a delivery: sent again it would arrive twice', async () => {
  const url = await serve((_request, response) => response.end(Buffer.alloc(1_000_000)));
  await expect(postToWebhook(url, 'x', recordedTask().task)).resolves.toMatchObject({ status: 200 });
});

test('a private address is refused for good', async () => {
  await expect(postToWebhook('https://127.0.0.1/', 'x', recordedTask().task)).rejects.toThrow(PermanentError);
});

test('a cancel ends the request', async () => {
  const url = await serve(() => undefined);
  const { task, abort } = recordedTask();
  const reason = new Error('cancelled');
  setTimeout(() => abort(reason), 50);
  await expect(postToWebhook(url, 'x', task)).rejects.toBe(reason);
});
