import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { LocalStackError } from '../errors.ts';
import { commandLine, isAlive, startedAt } from './process-info.ts';

const OWNER_FILE = 'taskdeck.owner';
const FAST_SHUTDOWN_MS = 30_000;
const IMMEDIATE_SHUTDOWN_MS = 10_000;

/** Notes in the data folder which process supervises this server, so that a later start can tell an orphan. */
export function writeOwner(dataDir: string): void {
  writeFileSync(join(dataDir, OWNER_FILE), `${process.pid}\n${startedAt(process.pid) ?? ''}\n`);
}

/**
 * Makes a data folder ready for a start: stops a server whose supervisor died, and removes a pid file whose process
 * is gone or is somebody else's.
 * @throws LocalStackError when a living process other than this one supervises the server, or it does not stop
 */
export async function clearOrphan(dataDir: string): Promise<void> {
  const pid = readPostmasterPid(dataDir);
  if (pid === null) return;
  if (!isOurPostmaster(pid, dataDir)) {
    rmSync(join(dataDir, 'postmaster.pid'), { force: true });
    return;
  }
  const owner = readOwner(dataDir);
  if (owner !== null) {
    throw new LocalStackError(
      `Postgres already runs on ${dataDir} (process ${pid}, started by process ${owner})`,
      'Stop the other Taskdeck first, or use another data folder.',
    );
  }
  await stopServer(pid, dataDir);
}

/** Fast shutdown, then immediate shutdown, which Postgres recovers from at its next start. */
async function stopServer(pid: number, dataDir: string): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', FAST_SHUTDOWN_MS],
    ['SIGQUIT', IMMEDIATE_SHUTDOWN_MS],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (cause) {
      if (!isAlive(pid)) return;
      throw new LocalStackError(
        `Postgres (process ${pid}) still runs on ${dataDir} and may not be stopped`,
        `Stop it: kill -INT ${pid}`,
        { cause },
      );
    }
    for (const end = Date.now() + patienceMs; Date.now() < end;) {
      if (!isAlive(pid)) return;
      await delay(50);
    }
  }
  throw new LocalStackError(`Postgres (process ${pid}) on ${dataDir} does not stop`, `Stop it: kill -QUIT ${pid}`);
}

/** The process id in the first line of postmaster.pid, or null without such a file. */
export function readPostmasterPid(dataDir: string): number | null {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** True when the server says in postmaster.pid (line 8) that it accepts connections. */
export function isReady(dataDir: string): boolean {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return false;
  return readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready';
}

/** Process ids are reused: only a living postgres that was started on this folder counts. */
function isOurPostmaster(pid: number, dataDir: string): boolean {
  const command = commandLine(pid);
  return isAlive(pid) && command.includes('postgres') && command.includes(dataDir);
}

/** The living supervisor's process id, if it is not this process. */
function readOwner(dataDir: string): number | null {
  const file = join(dataDir, OWNER_FILE);
  if (!existsSync(file)) return null;
  const [pidText = '', started = ''] = readFileSync(file, 'utf8').split('\n');
  const pid = Number(pidText);
  if (pid === process.pid || startedAt(pid) !== started) return null;
  return pid;
}
