import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { startChild } from './child.ts';
import type { DataFolder } from './data-folder.ts';
import { redisAnswers } from './health.ts';
import { recordFile } from './leftovers.ts';
import { tryPort } from './ports.ts';
import { say } from './screen.ts';
import { startService } from './service.ts';
import type { Service } from './service.ts';
import { freePort } from './free-port.ts';

/** A program that speaks Redis' protocol, found on the PATH. */
export type RedisProgram = { file: string; version: string };

const programs = ['redis-server', 'valkey-server'];
/** BullMQ needs 6.2 or later. */
const oldest = [6, 2] as const;

/** The first Redis on the PATH that is new enough. */
export function findRedis(): RedisProgram | undefined {
  for (const file of programs) {
    const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const version = / v=(\d+\.\d+\.\d+)/.exec(stdout ?? '')?.[1];
    if (version !== undefined && isRecent(version)) return { file, version };
  }
  return undefined;
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/**
 * Starts a private Redis that keeps its jobs over a restart. Should its files be damaged it begins with none, as
 * whatever stands in Redis stands in Postgres too.
 */
export async function startRedis({
  folder,
  program,
  password,
  signal,
}: {
  folder: DataFolder;
  program: RedisProgram;
  password: string;
  signal: AbortSignal;
}): Promise<{ service: Service; url: string }> {
  const port = await choosePort(folder);
  const start = () => {
    writeConfig(folder, port, password);
    return startService(
      {
        name: 'redis',
        start: () =>
          startChild({
            file: program.file,
            args: [folder.file('redis', 'redis.conf')],
            logFile: folder.file('logs', 'redis.log'),
            graceMs: 15_000,
          }),
        healthy: () => redisAnswers(port, password),
        recordFile: recordFile(folder, 'redis'),
        logFile: folder.file('logs', 'redis.log'),
        patienceMs: 60_000,
      },
      signal,
    );
  };
  const service = await start().catch((error: unknown) => {
    if (signal.aborted || !existsSync(folder.file('redis', 'appendonlydir'))) throw error;
    const aside = folder.file(`redis.damaged-${Date.now()}`);
    renameSync(folder.file('redis'), aside);
    say(
      `! Redis does not start on its files. They are kept in ${aside}; it begins anew, and waiting tasks are dispatched again from Postgres.`,
    );
    return start();
  });
  return { service, url: `redis://:${password}@127.0.0.1:${port}` };
}

/** The port of the last time if it is free, so that tools which were pointed at it still find it. */
async function choosePort(folder: DataFolder): Promise<number> {
  const file = folder.file('redis', 'redis.conf');
  const last = existsSync(file) ? Number(/^port (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1]) : Number.NaN;
  return Number.isInteger(last) && (await tryPort(last, '127.0.0.1')) === undefined ? last : freePort();
}

/** In a file and not on the command line, where everyone may read it. */
function writeConfig(folder: DataFolder, port: number, password: string): void {
  mkdirSync(folder.file('redis'), { recursive: true, mode: 0o700 });
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder.file('redis'))}`,
    'appendonly yes',
    'appendfsync everysec',
    // The append-only file holds all that a snapshot would.
    'save ""',
    'maxmemory-policy noeviction',
  ];
  writeFileSync(folder.file('redis', 'redis.conf'), `${lines.join('\n')}\n`, { mode: 0o600 });
}
