import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { LocalStackError } from './errors.ts';
import { findBinaries } from './postgres/binaries.ts';
import { diskFull, explainStart, portTaken } from './postgres/failures.ts';
import { SUPERUSER, ensureCluster, giveTo } from './postgres/init.ts';
import { clearOrphan, isReady, writeOwner } from './postgres/orphan.ts';
import { runAs } from './postgres/run-as.ts';
import { GENERATED_CONF, renderSettings, serverSettings } from './postgres/settings.ts';

const LOG_ROTATE_BYTES = 10 * 1024 * 1024;
const SHUTDOWN_PATIENCE_MS = 30_000;
/** After a kill -9, orphaned backends may hold the shared memory for a moment. */
const SHARED_MEMORY_PATIENCE_MS = 15_000;

/** `durable: false` turns off fsync, for tests only. `logFile` defaults to the data folder's name with .log. */
export type PostgresOptions = {
  dataDir: string;
  port: number;
  host?: string;
  adminPassword: string;
  logFile?: string;
  durable?: boolean;
};

/** A running server. `adminUrl` connects its superuser to the database `postgres`. */
export type LocalPostgres = {
  pid: number;
  adminUrl: string;
  exited: Promise<Exit>;
  /** Fast shutdown; resolves when the server has ended. Calling it again is harmless. */
  stop(): Promise<void>;
};

type Exit = { code: number | null; signal: string | null };
type Server = { child: ChildProcess; pid: number; exited: Promise<Exit> };

/**
 * Starts Postgres on a data folder, which is made on the first start. Returns when it accepts connections.
 * The server has its own process group, so that Ctrl-C in a terminal leaves the order of shutdown to the supervisor.
 * @throws LocalStackError for every cause that a person can mend (see errors.ts)
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  try {
    return await start(options);
  } catch (error) {
    if (error instanceof LocalStackError) throw error;
    throw diskFull(String(error), options.dataDir) ?? error;
  }
}

async function start(options: PostgresOptions): Promise<LocalPostgres> {
  const host = options.host ?? '127.0.0.1';
  const durable = options.durable ?? true;
  const dataDir = resolve(options.dataDir);
  const logFile = resolve(options.logFile ?? `${dataDir}.log`);
  mkdirSync(dirname(dataDir), { recursive: true });

  const binaries = findBinaries();
  const identity = runAs([dataDir, binaries.postgres]);
  await ensureCluster({ dataDir, adminPassword: options.adminPassword, durable, binaries, runAs: identity });
  await clearOrphan(dataDir);
  await assertPortFree(options.port, host);

  const writeSettings = (starting: boolean): void => {
    const conf = join(dataDir, GENERATED_CONF);
    writeFileSync(conf, renderSettings(serverSettings({ host, port: options.port, durable, starting })), {
      mode: 0o600,
    });
    giveTo(identity, conf);
  };
  writeSettings(true);
  writeOwner(dataDir);
  prepareLog(logFile);
  giveTo(identity, dataDir);

  const command = identity.wrap(binaries.postgres, ['-D', dataDir]);
  const server = await startUntilReady(() => spawnServer(command, dataDir, logFile), {
    dataDir,
    logFile,
    port: options.port,
  });
  writeSettings(false);
  server.child.kill('SIGHUP');
  return {
    pid: server.pid,
    adminUrl: `postgres://${SUPERUSER}:${encodeURIComponent(options.adminPassword)}@${host}:${options.port}/postgres`,
    exited: server.exited,
    stop: () => stopServer(server),
  };
}

/** Binding it ourselves is the only answer that does not depend on what the other program says. */
function assertPortFree(port: number, host: string): Promise<void> {
  return new Promise((done, reject) => {
    const probe = createServer();
    probe.once('error', () => reject(portTaken(port)));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done()));
  });
}

/** One older log is kept, so that a restart loop cannot fill the disk. */
function prepareLog(logFile: string): void {
  mkdirSync(dirname(logFile), { recursive: true });
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_ROTATE_BYTES) renameSync(logFile, `${logFile}.1`);
}

function spawnServer(
  command: { file: string; args: string[]; uid?: number; gid?: number },
  dataDir: string,
  logFile: string,
): Server {
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(command.file, command.args, {
    cwd: dataDir,
    uid: command.uid,
    gid: command.gid,
    detached: true,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exited = new Promise<Exit>((done) => {
    child.once('exit', (code, signal) => done({ code, signal }));
    child.once('error', () => done({ code: null, signal: null }));
  });
  return { child, pid: child.pid ?? -1, exited };
}

/** Waits for the server's own word in postmaster.pid; a start that fails for a passing reason is tried again. */
async function startUntilReady(
  start: () => Server,
  where: { dataDir: string; logFile: string; port: number },
): Promise<Server> {
  for (const giveUpAt = Date.now() + SHARED_MEMORY_PATIENCE_MS; ; await delay(500)) {
    const logStart = statSync(where.logFile, { throwIfNoEntry: false })?.size ?? 0;
    const server = start();
    if (await waitUntilReady(server, where.dataDir)) return server;
    const output = readFileSync(where.logFile).subarray(logStart).toString();
    if (output.includes('shared memory block') && Date.now() < giveUpAt) continue;
    throw explainStart(output, where.dataDir, where.port);
  }
}

/** True when it accepts connections, false when it ended first. Recovery may take long, so there is no deadline. */
async function waitUntilReady(server: Server, dataDir: string): Promise<boolean> {
  let ended = false;
  void server.exited.then(() => (ended = true));
  while (!ended) {
    if (isReady(dataDir)) return true;
    await delay(20);
  }
  return false;
}

async function stopServer({ child, exited }: Server): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const impatience = setTimeout(() => child.kill('SIGQUIT'), SHUTDOWN_PATIENCE_MS);
  await exited;
  clearTimeout(impatience);
}
