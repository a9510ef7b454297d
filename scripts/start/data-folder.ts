import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { errorCode } from './error-code.ts';
import { StartProblem } from './problem.ts';

/** Where one copy of Taskdeck keeps all that it has. */
export type DataFolder = { path: string; file(...names: string[]): string };

const markerName = 'taskdeck.json';
const layoutVersion = 1;
const markerSchema = z.object({ app: z.literal('taskdeck'), version: z.number().int() });
const leastFreeBytes = 500 * 1024 * 1024;
const asRoot = process.getuid?.() === 0;

/**
 * Opens the data folder, making it on the first start.
 * @throws StartProblem when it is not ours, cannot be written, or its disk is nearly full
 */
export function openDataFolder(path: string): DataFolder {
  const folder = resolve(path);
  makeFolder(folder);
  checkMarker(folder);
  checkFreeSpace(folder);
  for (const name of ['logs', 'run']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
  return { path: folder, file: (...names) => join(folder, ...names) };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    if (!statSync(folder).isDirectory()) throw new Error('it is a file');
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartProblem(
      `The data folder ${folder} cannot be used: ${reasonOf(cause)}`,
      'Make it writable for you, or name another in TASKDECK_DATA_DIR.',
      { cause },
    );
  }
}

function reasonOf(cause: unknown): string {
  const code = errorCode(cause);
  if (code === 'EACCES' || code === 'EPERM') return 'you may not write there';
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'it is a file';
  if (code === 'EROFS') return 'its disk is read-only';
  if (code === 'ENOSPC') return 'its disk is full';
  return cause instanceof Error ? cause.message : String(cause);
}

/** The marker tells our folder from one that happens to have the name, and a newer layout from this one. */
function checkMarker(folder: string): void {
  const file = join(folder, markerName);
  if (!existsSync(file)) {
    const [stranger] = readdirSync(folder).filter((name) => name !== 'lost+found');
    if (stranger !== undefined) {
      throw new StartProblem(
        `${folder} is not a data folder of Taskdeck: it holds "${stranger}" and no ${markerName}`,
        'Name an empty or new folder in TASKDECK_DATA_DIR.',
      );
    }
    // Started by root, Postgres runs as another user, who must pass through. Everything private has its own mode.
    chmodSync(folder, asRoot ? 0o711 : 0o700);
    writeFileSync(file, `${JSON.stringify({ app: 'taskdeck', version: layoutVersion })}\n`);
    return;
  }
  const marker = markerSchema.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!marker.success)
    throw new StartProblem(
      `${file} is damaged`,
      'Restore the folder from a backup, or name another in TASKDECK_DATA_DIR.',
    );
  if (marker.data.version > layoutVersion) {
    throw new StartProblem(
      `${folder} was made by a newer Taskdeck`,
      'Start that version, or name another folder in TASKDECK_DATA_DIR.',
    );
  }
}

function checkFreeSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free >= leastFreeBytes) return;
  const megabytes = (bytes: number) => Math.floor(bytes / 1024 / 1024);
  throw new StartProblem(
    `The disk of ${folder} is nearly full: ${megabytes(free)} MB are free, Taskdeck needs ${megabytes(leastFreeBytes)} MB`,
    `Free some space, or name a folder on another disk in TASKDECK_DATA_DIR (now under ${dirname(folder)}).`,
  );
}

/** The value, or undefined for text that is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
