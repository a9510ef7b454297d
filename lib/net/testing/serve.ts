import type { IncomingMessage, RequestListener } from 'node:http';
import { parseAllowList } from '../allow-list.ts';
import { createGuardedFetch } from '../guarded-fetch.ts';
import { startServer, type TestServer } from './servers.ts';

const servers: TestServer[] = [];

/** Closes it when the test ends. */
export function closeAfterTest(server: TestServer): void {
  servers.push(server);
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A loopback server until the test ends, and a client that may reach exactly it. */
export async function serve(listener: RequestListener) {
  const seen: IncomingMessage[] = [];
  const server = await startServer((request, response) => {
    seen.push(request);
    listener(request, response);
  });
  closeAfterTest(server);
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    origin,
    port: server.port,
    seen,
    fetch: createGuardedFetch({ allowed: parseAllowList(`127.0.0.1:${server.port}`) }),
  };
}
