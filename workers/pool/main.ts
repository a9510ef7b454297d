import { hostname } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { config } from '#lib/config';
import { closeDatabase } from '#lib/db/index';
import { closeLog, configureLog, log, startMetricsServer } from '#lib/observability/index';
import { publishWorkers } from '#lib/realtime/index';
import { beatPool, forgetPool, registerPool } from '#lib/workers/index';
import { obeyCommands } from '../commands/obey.ts';
import { createPool } from './pool.ts';
import { poolSizes } from './sizes.ts';

const beatEveryMs = 5_000;

/** The pool of a host: keeps the worker processes alive, and speaks for them to Prometheus and to whoever scales them. */
async function main(): Promise<void> {
  const environment = config();
  const { WORKER_METRICS_HOST, WORKER_METRICS_PORT, WORKER_IDLE_MS, WORKER_MEMORY_MB, LOG_LEVEL } = environment;
  configureLog({ service: 'worker', level: LOG_LEVEL });
  const sizes = poolSizes(environment);
  const id = uuidv7();

  async function tell(size: number): Promise<void> {
    await beatPool(id, size).catch((error: unknown) => log.warn('The pool could not say that it lives', { error }));
  }

  const pool = createPool({
    id,
    program: join(import.meta.dirname, '../main.ts'),
    sizes,
    idleMs: WORKER_IDLE_MS,
    memoryBytes: WORKER_MEMORY_MB * 1024 * 1024,
    onSize: (size) => void tell(size).then(publishWorkers),
  });
  // Before the first process is started: when the port is in use, no task is left half-way.
  const server = await startMetricsServer({
    host: WORKER_METRICS_HOST,
    port: WORKER_METRICS_PORT,
    metrics: () => pool.metrics(),
    health: async () => pool.health(),
  });
  pool.start();
  const { size, min: minSize, max: maxSize } = sizes;
  await registerPool({ id, host: hostname(), pid: process.pid, size, minSize, maxSize });
  const commands = await obeyCommands(id, (command) => {
    if (command.command === 'scale') pool.scale(command.size);
    else log.warn('A pool was told what only a worker can do', { command: command.command });
  });
  const beats = setInterval(() => void tell(pool.size()), beatEveryMs);

  let stopping = false;
  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), 49_000).unref();
    clearInterval(beats);
    await Promise.all([pool.stop(), commands.stop(), server.stop()]);
    await forgetPool(id).catch((error: unknown) => log.warn('The pool could not be taken off the list', { error }));
    await closeDatabase();
    await closeLog();
    process.exit(0);
  }
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

main().catch(async (error: unknown) => {
  log.error('The workers could not start', { error });
  await closeLog();
  process.exit(1);
});
