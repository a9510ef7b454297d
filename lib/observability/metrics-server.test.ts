import { MetricsPortInUseError, startMetricsServer } from './metrics-server.ts';
import { metrics, metricsText } from './metrics.ts';

type Running = Awaited<ReturnType<typeof startMetricsServer>>;
const running: Running[] = [];

async function start(options: Partial<Parameters<typeof startMetricsServer>[0]> = {}): Promise<Running> {
  const server = await startMetricsServer({ port: 0, metrics: () => metricsText('process'), ...options });
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const get = ({ port }: Running, path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);

test('GET /metrics: a worker serves itself, the web serves the fleet too', async () => {
  metrics.workersAlive.set({ queue: 'default' }, 1);
  const [worker, web] = [await start(), await start({ metrics: () => metricsText('all') })];
  const response = await get(worker, '/metrics');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('version=0.0.4');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).not.toContain('taskdeck_workers_alive{');
  expect(await (await get(web, '/metrics')).text()).toContain('taskdeck_workers_alive{queue="default"} 1');
});

test('GET /health tells healthy, unhealthy and failing apart by status', async () => {
  const check = async (health?: () => Promise<{ ok: boolean; body: unknown }>) => {
    const response = await get(await start({ health }), '/health');
    return [response.status, await response.json()];
  };
  expect(await check()).toEqual([200, { ok: true }]);
  expect(await check(async () => ({ ok: true, body: { state: 'running' } }))).toEqual([200, { state: 'running' }]);
  expect(await check(async () => ({ ok: false, body: { state: 'draining' } }))).toEqual([503, { state: 'draining' }]);
  expect(
    await check(async () => {
      throw new Error('postgres://u:p@h');
    }),
  ).toEqual([503, { ok: false, reason: 'error' }]);
});

test('anything else is refused', async () => {
  const server = await start();
  expect((await get(server, '/')).status).toBe(404);
  expect((await get(server, '/metrics/x')).status).toBe(404);
  const post = await get(server, '/metrics', { method: 'POST' });
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  const head = await get(server, '/health', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
});

test('a taken port is a typed error with a hint', async () => {
  const { port } = await start();
  const refused = start({ port });
  await expect(refused).rejects.toBeInstanceOf(MetricsPortInUseError);
  await expect(refused).rejects.toMatchObject({
    code: 'METRICS_PORT_IN_USE',
    hint: expect.stringContaining('WORKER_METRICS_PORT'),
  });
});

test('stop frees the port, cuts kept-alive connections, and may be called twice at once', async () => {
  const server = await start();
  await (await get(server, '/health')).text();
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  await expect(get(server, '/health')).rejects.toThrow();
  const again = await start({ port: server.port });
  expect(again.port).toBe(server.port);
});
