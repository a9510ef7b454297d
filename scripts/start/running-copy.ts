import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { z } from 'zod';
import { parseJson } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { takeLock } from './lock.ts';
import type { Lock } from './lock.ts';
import { readLaunch } from './launch.ts';
import { StartProblem } from './problem.ts';
import { livingProcess } from './process-record.ts';

const lockName = ['run', 'supervisor.json'];
const environmentName = ['run', 'environment.json'];
const environmentSchema = z.record(z.string(), z.string());

/**
 * Makes this process the one that runs the data folder.
 * @throws StartProblem when another does
 */
export function claimFolder(folder: DataFolder): Lock {
  const lock = takeLock(folder.file(...lockName));
  if ('release' in lock) return lock;
  throw new StartProblem(
    `Taskdeck runs on ${folder.path} already (process ${lock.holder})`,
    'Stop it first, or start a second copy with other ports and another TASKDECK_DATA_DIR.',
  );
}

/** Writes down how to reach this copy, for the commands that work on a running one. */
export function publishEnvironment(folder: DataFolder, env: Record<string, string>): void {
  const file = folder.file(...environmentName);
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify(env), { mode: 0o600 });
}

/**
 * Gives this process the environment of the copy that runs on the data folder. Where DATABASE_URL is set, there is no such copy and
 * the environment is taken as it is.
 *
 * @throws StartProblem when no copy runs
 */
export function joinRunningCopy(): void {
  const { TASKDECK_DATA_DIR, DATABASE_URL } = readLaunch();
  if (DATABASE_URL !== undefined) return;
  const folder = resolve(TASKDECK_DATA_DIR);
  const file = join(folder, ...environmentName);
  if (livingProcess(join(folder, ...lockName)) === undefined || !existsSync(file)) {
    throw new StartProblem(
      `No Taskdeck runs on ${folder}`,
      'Start it with "npm start", or set DATABASE_URL and the other variables of .env.example.',
    );
  }
  for (const [name, value] of Object.entries(environmentSchema.parse(parseJson(readFileSync(file, 'utf8'))))) {
    process.env[name] = value;
  }
}
