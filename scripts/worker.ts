/** `npm run worker`: a pool of workers of its own, for the copy that runs here or the one that the environment names. */
import { readRuntimeConfig } from '#lib/config';
import { command } from './start/command.ts';
import { freePort } from './start/free-port.ts';
import { tryPort } from './start/ports.ts';
import { joinRunningCopy } from './start/running-copy.ts';

await command(async () => {
  joinRunningCopy();
  // The copy's own pool has the port already.
  const { WORKER_METRICS_HOST, WORKER_METRICS_PORT } = readRuntimeConfig();
  if ((await tryPort(WORKER_METRICS_PORT, WORKER_METRICS_HOST)) !== undefined)
    process.env.WORKER_METRICS_PORT = String(await freePort());
  await import('../workers/pool/main.ts');
});
