/**
 * The API of the fault tests: the app's own route handlers behind a plain HTTP server, so that a web process starts in a second
 * and can be killed at any line. Which pages Next would draw plays no part in whether a task is lost.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { config } from '#lib/config';
import { ensureApiKey } from '#lib/access/index';
import { untilConnected } from '#lib/db/index';
import { configureLog } from '#lib/observability/index';
import { publishDefinitions } from '#lib/tasks/index';
import { GET as health } from '../app/api/health/route.ts';
import { POST as pause } from '../app/api/queues/[name]/pause/route.ts';
import { POST as resume } from '../app/api/queues/[name]/resume/route.ts';
import { POST as cancel } from '../app/api/tasks/[id]/cancel/route.ts';
import { POST as retry } from '../app/api/tasks/[id]/retry/route.ts';
import { GET as list, POST as submit } from '../app/api/tasks/route.ts';
import hostile from './workplace-hostile/workers/tasks/hostile.ts';
import work from './workplace/workers/tasks/work.ts';

type Route = { method: string; path: RegExp; handler: typeof submit };

const routes: Route[] = [
  { method: 'POST', path: /^\/api\/tasks$/, handler: submit },
  { method: 'POST', path: /^\/api\/tasks\/(?<id>[^/]+)\/cancel$/, handler: cancel },
  { method: 'POST', path: /^\/api\/tasks\/(?<id>[^/]+)\/retry$/, handler: retry },
  { method: 'POST', path: /^\/api\/queues\/(?<name>[^/]+)\/pause$/, handler: pause },
  { method: 'POST', path: /^\/api\/queues\/(?<name>[^/]+)\/resume$/, handler: resume },
  { method: 'GET', path: /^\/api\/tasks$/, handler: list },
  { method: 'GET', path: /^\/api\/health$/, handler: health },
];

async function answer(message: IncomingMessage): Promise<Response> {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  const method = message.method ?? 'GET';
  for (const route of routes) {
    const match = route.method === method && route.path.exec(url.pathname);
    if (!match) continue;
    const headers = new Headers(Object.entries(message.headers).map(([name, value]) => [name, String(value)]));
    const body = method === 'GET' ? null : new Uint8Array(await buffer(message));
    return route.handler(new Request(url, { method, headers, body }), { params: Promise.resolve({ ...match.groups }) });
  }
  return new Response('no such route', { status: 404 });
}

configureLog({ service: 'web', level: config().LOG_LEVEL });
await untilConnected(async () => {
  await ensureApiKey({ name: 'faults', key: config().TASKDECK_API_KEY ?? '', role: 'admin' });
  await publishDefinitions([work, hostile]);
});
createServer((message, reply) => {
  void answer(message).then(
    async (response) => {
      reply.writeHead(response.status, Object.fromEntries(response.headers));
      reply.end(Buffer.from(await response.arrayBuffer()));
    },
    () => reply.destroy(),
  );
}).listen(config().PORT, '127.0.0.1');
