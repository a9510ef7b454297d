import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { LocalStackError } from '../errors.ts';
import { POSTGRES_MAJOR } from './binaries.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { RunAs } from './run-as.ts';
import { userConfig } from './settings.ts';
import { diskFull } from './failures.ts';

export const SUPERUSER = 'supabase_admin';

type InitOptions = {
  dataDir: string;
  adminPassword: string;
  durable: boolean;
  binaries: PostgresBinaries;
  runAs: RunAs;
};

/**
 * Makes the cluster on the first start and checks it on later ones. It is built beside the data folder and moved there
 * when complete, so that a crash half-way leaves nothing that looks like a database.
 * @throws LocalStackError for a folder of another Postgres major, a foreign folder, a full disk or a failing initdb
 */
export async function ensureCluster(options: InitOptions): Promise<void> {
  const { dataDir } = options;
  if (isCluster(dataDir)) return;
  const building = `${dataDir}.new`;
  const passwordFile = `${dataDir}.pw`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, options.adminPassword, { mode: 0o600 });
  try {
    giveTo(options.runAs, building, passwordFile);
    await runInitdb(options, building, passwordFile);
    writeFileSync(join(building, 'postgresql.conf'), userConfig());
    giveTo(options.runAs, join(building, 'postgresql.conf'));
    moveIntoPlace(building, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(building, { recursive: true, force: true });
  }
}

/** True for a complete cluster of our major, false for a missing or empty folder. */
function isCluster(dataDir: string): boolean {
  const entries = existsSync(dataDir) ? readdirSync(dataDir) : [];
  if (entries.length === 0) return false;
  if (!entries.includes('PG_VERSION')) {
    throw new LocalStackError(`${dataDir} is not empty and is not a Postgres data folder`, 'Choose an empty folder.');
  }
  const major = readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim();
  if (major !== POSTGRES_MAJOR) {
    throw new LocalStackError(
      `${dataDir} was made by Postgres ${major}; this is Postgres ${POSTGRES_MAJOR}`,
      'Export it with the version that made it and import it here, or choose another folder.',
    );
  }
  return true;
}

function runInitdb({ binaries, runAs, durable }: InitOptions, dataDir: string, passwordFile: string): Promise<void> {
  const args = [
    `--pgdata=${dataDir}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Built into Postgres: an index never depends on the machine's C library or ICU version.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--data-checksums',
    ...(durable ? [] : ['--no-sync']),
  ];
  const command = runAs.wrap(binaries.initdb, args);
  const child = spawn(command.file, command.args, {
    cwd: dirname(dataDir),
    uid: command.uid,
    gid: command.gid,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(
        new LocalStackError(
          `Cannot run ${binaries.initdb}: ${cause.message}`,
          'Delete node_modules and run npm install again.',
          { cause },
        ),
      ),
    );
    child.on('close', (code) => {
      if (code === 0) return resolve();
      reject(
        diskFull(output, dataDir) ??
          new LocalStackError(
            `initdb failed: ${output.trim().split('\n').at(-1)}`,
            `Check that ${dataDir} can be written.`,
          ),
      );
    });
  });
}

function moveIntoPlace(from: string, to: string): void {
  try {
    rmSync(to, { recursive: true, force: true });
    renameSync(from, to);
  } catch (cause) {
    throw new LocalStackError(
      `Cannot create ${to}: ${String(cause)}`,
      'If it is a mount point, use a folder inside it.',
      { cause },
    );
  }
}

/** Makes the server's user the owner of these files, where that is another user. */
export function giveTo({ owner }: RunAs, ...paths: string[]): void {
  if (owner === null) return;
  for (const path of paths) chownSync(path, owner.uid, owner.gid);
}
