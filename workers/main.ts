import { config } from '#lib/config';
import { closeDatabase } from '#lib/db/index';
import { closeLog, configureLog, log, seedMetrics, startMetricsServer } from '#lib/observability/index';
import { closeEngine, engine } from '#lib/queues/index';
import { loadDefinitions } from './definitions.ts';
import { type RunningWorker, startWorker } from './worker.ts';

/** The worker process: wires, starts, and stops in order on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const { WORKER_METRICS_HOST, WORKER_METRICS_PORT, LOG_LEVEL } = config();
  configureLog({ service: 'worker', level: LOG_LEVEL });
  const definitions = await loadDefinitions();
  const all = [...definitions.values()];
  seedMetrics({
    queues: [...new Set(all.map(({ queue }) => queue))],
    definitions: all.map(({ name, queue }) => ({ name, queue })),
  });
  // Before the first task is taken: when the port is in use, none is left half-way.
  const own: { worker?: RunningWorker } = {};
  const metricsServer = await startMetricsServer({
    host: WORKER_METRICS_HOST,
    port: WORKER_METRICS_PORT,
    kind: 'worker',
    health: async () => {
      const { ok, detail } = await engine().ping();
      return { ok: true, body: { worker: own.worker?.id, queue: { ok, detail } } };
    },
  });
  own.worker = await startWorker(definitions);

  let stopping = false;
  async function stop(signal: string, code = 0): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    // Whatever hangs, the process ends: the leases return what is left.
    setTimeout(() => process.exit(1), 45_000).unref();
    await own.worker?.stop();
    await metricsServer.stop();
    await closeEngine();
    await closeDatabase();
    await closeLog();
    process.exit(code);
  }
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  // A promise that a handler forgot must not end the tasks of others. After an error that nobody caught the process is
  // in no known state: it gives its tasks back and ends, and its supervisor starts another.
  process.on('unhandledRejection', (error) => log.error('A promise was rejected and nobody heard', { error }));
  process.on('uncaughtException', (error) => {
    log.error('An error was thrown and nobody caught it', { error });
    void stop('uncaughtException', 1);
  });
}

main().catch(async (error: unknown) => {
  log.error('The worker could not start', { error });
  await closeLog();
  process.exit(1);
});
