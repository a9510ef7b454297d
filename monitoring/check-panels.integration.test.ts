import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { LABELS, metrics, metricsText, seedMetrics, startMetricsServer } from '#lib/observability/index';
import { checkPanels } from './check-panels.ts';

const prometheusBinary = 'prometheus';
const TOKEN = 'a-token-of-the-test';
const labels = { queue: 'default', definition: 'sendMessage' };

/** The web's /api/metrics as the application serves it: by bearer token only. */
async function startFakeWeb(): Promise<{ address: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const known = request.url === '/api/metrics' && request.headers.authorization === `Bearer ${TOKEN}`;
    const { contentType, body } = await metricsText('all');
    response.writeHead(known ? 200 : 401, { 'content-type': contentType });
    response.end(known ? body : '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { address: `127.0.0.1:${address.port}`, server };
}

/** One moment of a busy system, on the real registry. */
function tick(): void {
  const { queue } = labels;
  metrics.tasksEnqueuedTotal.inc({ ...labels, trigger: 'api', timing: 'immediate' }, 3);
  metrics.enqueueRejectedTotal.inc({ reason: 'validation' });
  metrics.enqueueDurationSeconds.observe({ path: 'single' }, 0.004);
  metrics.enqueueDurationSeconds.observe({ path: 'bulk' }, 0.02);
  metrics.httpRequestDurationSeconds.observe({ route: '/api/tasks', method: 'POST', status_class: '2xx' }, 0.01);
  metrics.outboxPublishedTotal.inc({ result: 'ok' }, 3);
  metrics.outboxBatchRows.observe(3);
  metrics.outboxPublishLagSeconds.observe(0.02);
  metrics.attemptsStartedTotal.inc(labels, 3);
  for (const outcome of LABELS.outcome) metrics.attemptsFinishedTotal.inc({ ...labels, outcome });
  for (const status of LABELS.status) metrics.tasksFinishedTotal.inc({ ...labels, status });
  metrics.attemptFailuresTotal.inc({ queue, error_kind: 'error' });
  metrics.retriesScheduledTotal.inc(labels);
  metrics.taskAttempts.observe({ queue }, 1);
  metrics.queueWaitSeconds.observe({ queue }, 0.2);
  metrics.attemptDurationSeconds.observe(labels, 0.1);
  metrics.taskTotalSeconds.observe({ queue }, 0.4);
  metrics.workerSlots.set({ queue }, 10);
  metrics.workerSlotsBusy.set({ queue }, 6);
  metrics.workerBusySecondsTotal.inc({ queue }, 0.6);
  metrics.workerLongestRunningSeconds.set({ queue }, 1);
  for (const state of LABELS.workerState) metrics.workerState.set({ state }, state === 'running' ? 1 : 0);
  for (const state of LABELS.depthState) metrics.queueDepth.set({ queue, state }, 4);
  metrics.queueOldestWaitingAgeSeconds.set({ queue }, 2);
  metrics.queuePaused.set({ queue }, 0);
  metrics.workersAlive.set({ queue }, 1);
  metrics.outboxPendingRows.set(1);
  metrics.outboxOldestAgeSeconds.set(0.1);
  metrics.collectSuccessTimestampSeconds.setToCurrentTime();
  metrics.collectDurationSeconds.set(0.01);
  metrics.dbWriteBatchRows.observe({ op: 'claim' }, 20);
  metrics.dbWriteDurationSeconds.observe({ op: 'claim' }, 0.003);
  metrics.dbWriteRowsTotal.inc({ op: 'claim', result: 'ok' }, 20);
  metrics.realtimeEventsTotal.inc({ kind: 'tasks', result: 'sent' });
}

describe('checkPanels, on a fake application with the real registry', () => {
  let web: Awaited<ReturnType<typeof startFakeWeb>>;
  let worker: Awaited<ReturnType<typeof startMetricsServer>>;
  let load: NodeJS.Timeout;

  beforeAll(async () => {
    seedMetrics({ queues: ['default'], definitions: [{ name: 'sendMessage', queue: 'default' }] });
    web = await startFakeWeb();
    worker = await startMetricsServer({ port: 0, metrics: () => metricsText('process') });
    tick();
    load = setInterval(tick, 200);
  });

  afterAll(async () => {
    clearInterval(load);
    web.server.closeAllConnections();
    web.server.close();
    await worker.stop();
  });

  const targets = (token = TOKEN) => ({ web: [web.address], worker: [`127.0.0.1:${worker.port}`], token });

  test('under load every panel has data, every target answers and every rule evaluates', async () => {
    const report = await checkPanels({ prometheusBinary, targets: targets() });
    expect(report.problems).toEqual([]);
    expect(report.downTargets).toEqual([]);
    expect(report.unhealthyRules).toEqual([]);
    expect(report.results.length).toBeGreaterThan(50);
    // Half of the fake tasks fail: whether an alert fires before the check ends is a matter of timing.
    const empty = report.results
      .filter(({ status, panel }) => status === 'empty' && !panel.startsWith('annotation'))
      .map(({ panel }) => panel);
    expect(empty).toEqual(['Postgres errors', 'Redis memory', 'Redis']);
  }, 120_000);

  test('tells a refused scrape, a wrong query, an empty panel and a wrong legend from each other', async () => {
    const query = (panel: string, expr: string, legend = 'x') => ({ dashboard: 'd', panel, refId: 'A', expr, legend });
    const report = await checkPanels({
      prometheusBinary,
      targets: targets('wrong'),
      timeoutMs: 6_000,
      queries: [
        query('fine', 'sum by (queue) (taskdeck_worker_slots)', '{{queue}}'),
        query('wrong query', 'rate(taskdeck_tasks_enqueued_total)'),
        query('no such metric', 'taskdeck_nothing'),
        query('not a number', 'taskdeck_worker_slots * NaN'),
        query('wrong legend', 'sum(taskdeck_worker_slots)', '{{queue}}'),
      ],
    });
    expect(report.results.map(({ panel, status }) => [panel, status])).toEqual([
      ['fine', 'ok'],
      ['wrong query', 'error'],
      ['no such metric', 'empty'],
      ['not a number', 'empty'],
      ['wrong legend', 'error'],
    ]);
    expect(report.problems).toHaveLength(4);
    expect(report.downTargets).toEqual([expect.stringContaining('401')]);
  }, 60_000);
});
