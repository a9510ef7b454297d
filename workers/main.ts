import { config } from '#lib/config';
import { closeDatabase } from '#lib/db/index';
import { closeLog, configureLog, log, metricsText, seedMetrics, startMetricsServer } from '#lib/observability/index';
import { closeEngine, engine } from '#lib/queues/index';
import { loadDefinitions } from './definitions.ts';
import { joinPool } from './pool/membership.ts';
import { type RunningWorker, startWorker } from './worker.ts';

/** A worker process, alone or in a pool: wires, starts, and stops in order when it is told to. */
async function main(): Promise<void> {
  configureLog({ service: 'worker', level: config().LOG_LEVEL });
  const definitions = await loadDefinitions();
  const all = [...definitions.values()];
  seedMetrics({
    queues: [...new Set(all.map(({ queue }) => queue))],
    definitions: all.map(({ name, queue }) => ({ name, queue })),
  });
  const own: { starting?: Promise<RunningWorker>; worker?: RunningWorker } = {};
  const pool = joinPool({
    // Nobody is left to start another one, so this one does not wait: its tasks go back at once.
    gone: () => void stop('the pool is gone', 0, 0),
    drained: () => void stop('drained'),
  });
  // Before the first task is taken: when the port is in use, none is left half-way.
  const server = pool ? undefined : await serveAlone(own);

  let stopping = false;
  async function stop(why: string, code = 0, graceMs?: number): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { why });
    // Whatever hangs, the process ends: the leases return what is left.
    setTimeout(() => process.exit(1), 45_000).unref();
    // One that is just starting has taken tasks already, perhaps.
    await own.starting
      ?.then((worker) => worker.stop(graceMs))
      .catch((error: unknown) => log.warn('The worker could not stop in order', { error }));
    await server?.stop();
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

  own.starting = startWorker(definitions, undefined, {
    poolId: pool?.poolId ?? null,
    onLeave: (why, stopped) => {
      pool?.leave(why);
      void stopped.then(() => stop(why));
    },
  });
  own.worker = await own.starting;
  pool?.serve(own.worker);
}

/** Without a pool the process speaks for itself. */
const serveAlone = (own: { worker?: RunningWorker }) =>
  startMetricsServer({
    host: config().WORKER_METRICS_HOST,
    port: config().WORKER_METRICS_PORT,
    metrics: () => metricsText('process'),
    health: async () => {
      const { ok, detail } = await engine().ping();
      const healthy = own.worker?.status().healthy ?? true;
      return { ok: healthy, body: { worker: own.worker?.id, healthy, queue: { ok, detail } } };
    },
  });

main().catch(async (error: unknown) => {
  log.error('The worker could not start', { error });
  await closeLog();
  process.exit(1);
});
