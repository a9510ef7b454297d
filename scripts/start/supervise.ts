import { setTimeout as delay } from 'node:timers/promises';
import { openDataFolder } from './data-folder.ts';
import { hostedSupabase, readLaunch } from './launch.ts';
import { stopLeftovers } from './leftovers.ts';
import type { Lock } from './lock.ts';
import { rotateLogs } from './log-file.ts';
import { followLogs } from './log-tail.ts';
import { checkPorts, portsOf } from './ports.ts';
import { describeError } from './problem.ts';
import type { Mode } from './programs.ts';
import { chooseEngine } from './queue-engine.ts';
import { claimFolder } from './running-copy.ts';
import { say } from './screen.ts';
import { noteChosenPassword, openSecrets } from './secrets.ts';
import { ServiceSet } from './service-set.ts';
import { startStack } from './stack.ts';
import { onStopRequest } from './stop-request.ts';
import { summary } from './summary.ts';

/** Should something not end however it is asked, we do. */
const lastResortMs = 120_000;

/** Starts everything, keeps it running, and stops it in order when asked. Sets the exit code. */
export async function supervise(mode: Mode): Promise<void> {
  const services = new ServiceSet();
  const abort = new AbortController();
  const stopRequested = new Promise<void>((resolve) => {
    onStopRequest({
      first: (why) => {
        say(`Stopping (${why}) …`);
        abort.abort();
        resolve();
      },
      again: () => services.hurry(),
    });
  });

  const locks: Lock[] = [];
  const stopped = (async () => {
    try {
      await start(mode, { services, abort, locks });
      await stopRequested;
    } catch (error) {
      if (!isInterruption(error)) {
        process.exitCode = 1;
        console.error(`✗ ${describeError(error)}`);
      }
    }
    await services.stopAll();
    for (const lock of locks) lock.release();
  })();

  await Promise.race([stopped, abortedFor(abort.signal, lastResortMs)]);
  if (process.exitCode === undefined) say('✓ Stopped; "npm start" goes on where it ended.');
  process.exit();
}

/** Returns when everything runs. What it took or started, so far as it came, stands in `taken`. */
async function start(
  mode: Mode,
  taken: { services: ServiceSet; abort: AbortController; locks: Lock[] },
): Promise<void> {
  const { services, abort } = taken;
  const launch = readLaunch();
  const hosted = hostedSupabase(launch);
  const engine = chooseEngine(launch);
  const folder = openDataFolder(launch.TASKDECK_DATA_DIR);
  taken.locks.push(claimFolder(folder));
  const opened = openSecrets(folder);
  const secrets = launch.TASKDECK_ADMIN_PASSWORD === undefined ? opened : noteChosenPassword(folder, opened);
  const leftovers = await stopLeftovers(folder);
  if (leftovers.length > 0) say(`! Stopped what an earlier start had left running: ${leftovers.join(', ')}`);
  await checkPorts(portsOf(launch, hosted === undefined));
  rotateLogs(folder.file('logs'));
  if (mode === 'dev') followLogs(folder, ['web', 'worker']);
  const supabaseUrl = await startStack({ mode, launch, folder, secrets, engine, hosted, services, abort });
  for (const line of summary({ launch, secrets, engine, supabaseUrl, dataFolder: folder.path })) say(line);
}

const isInterruption = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || error.message === 'interrupted');

async function abortedFor(signal: AbortSignal, ms: number): Promise<void> {
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  await delay(ms);
}
