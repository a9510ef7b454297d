import { config } from '#lib/config';
import { closeDatabase } from '#lib/db/index';
import { closeLog, configureLog, log, seedMetrics, startMetricsServer } from '#lib/observability/index';
import { closeEngine, engine } from '#lib/queues/index';
import { loadDefinitions } from './definitions.ts';
import { startWorker } from './worker.ts';

/** The worker process: wires, starts, and stops in order on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { HOST, WORKER_METRICS_PORT, LOG_LEVEL } = config();
  configureLog({ service: 'worker', level: LOG_LEVEL });
  const definitions = await loadDefinitions();
  const all = [...definitions.values()];
  seedMetrics({
    queues: [...new Set(all.map(({ queue }) => queue))],
    definitions: all.map(({ name, queue }) => ({ name, queue })),
  });
  const worker = await startWorker(definitions);
  const metricsServer = await startMetricsServer({
    host: HOST,
    port: WORKER_METRICS_PORT,
    kind: 'worker',
    health: async () => {
      const { ok, detail } = await engine().ping();
      return { ok: true, body: { worker: worker.id, queue: { ok, detail } } };
    },
  });

  let stopping = false;
  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    // Whatever hangs, the process ends: the leases return what is left.
    setTimeout(() => process.exit(1), 45_000).unref();
    await worker.stop();
    await metricsServer.stop();
    await closeEngine();
    await closeDatabase();
    await closeLog();
    process.exit(0);
  }
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

main().catch(async (error: unknown) => {
  log.error('The worker could not start', { error });
  await closeLog();
  process.exit(1);
});
