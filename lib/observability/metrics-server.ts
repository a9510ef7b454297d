import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';

const HEALTH_LIMIT_MS = 5_000;

export type Health = () => Promise<{ ok: boolean; body: unknown }>;

export type MetricsServerOptions = {
  host?: string;
  port: number;
  /** The text for Prometheus. */
  metrics: () => Promise<{ contentType: string; body: string }>;
  health?: Health;
};

/** The metrics port is taken, most likely by a second worker on this machine. */
export class MetricsPortInUseError extends Error {
  override name = 'MetricsPortInUseError';
  code = 'METRICS_PORT_IN_USE' as const;
  hint: string;

  constructor(host: string, port: number, cause: unknown) {
    super(`Metrics port ${host}:${port} is already in use`, { cause });
    this.hint = 'Set WORKER_METRICS_PORT to a free port, or to 0 for any, or stop the process that holds it.';
  }
}

/**
 * Serves GET /metrics and GET /health on a port of their own, on loopback unless told otherwise. There is no
 * authentication: a host other than loopback belongs on a private network. `stop` may be called twice.
 */
export async function startMetricsServer(
  options: MetricsServerOptions,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request.method ?? '', request.url ?? '', response, options).catch(() =>
      send(response, 500, 'text/plain', 'failed\n'),
    );
  });
  server.headersTimeout = 10_000;
  await listen(server, options.host ?? '127.0.0.1', options.port);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return { port, stop: () => stop(server) };
}

async function answer(
  method: string,
  url: string,
  response: ServerResponse,
  options: MetricsServerOptions,
): Promise<void> {
  const path = url.split('?', 1)[0];
  if (path !== '/metrics' && path !== '/health') return send(response, 404, 'text/plain', 'not found\n');
  if (method !== 'GET' && method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(response, 405, 'text/plain', 'method not allowed\n');
  }
  if (path === '/metrics') {
    const { contentType, body } = await options.metrics();
    return send(response, 200, contentType, body);
  }
  const { ok, body } = await checkHealth(options.health);
  send(response, ok ? 200 : 503, 'application/json', `${JSON.stringify(body)}\n`);
}

/** A health check that throws or hangs is an unhealthy answer, not a hanging request. */
async function checkHealth(health: Health | undefined): Promise<{ ok: boolean; body: unknown }> {
  if (!health) return { ok: true, body: { ok: true } };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ ok: boolean; body: unknown }>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, body: { ok: false, reason: 'timeout' } }), HEALTH_LIMIT_MS);
  });
  try {
    return await Promise.race([health(), late]);
  } catch {
    return { ok: false, body: { ok: false, reason: 'error' } };
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  if (response.headersSent) return void response.end();
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new MetricsPortInUseError(host, port, error);
    throw error;
  }
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections(); // a scraper keeps its connection alive
  await closed;
}
