import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from './child.ts';
import { takeLock } from './lock.ts';
import { lastLines } from './log-file.ts';
import { StartProblem } from './problem.ts';
import { sourceHash } from './source-hash.ts';

const root = process.cwd();
const buildId = join(root, '.next', 'BUILD_ID');
/** In the build's folder: `next build` empties that when it begins, so a stamp is never left beside a half-made build. */
const stampFile = join(root, '.next', 'taskdeck-source');
const lockFile = join(root, 'node_modules', '.taskdeck-build.lock');

/** The program that builds and serves the web app. */
export const nextProgram = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');

/**
 * Builds the web app unless the build that is there was made of the same sources. Two copies that start at the same time
 * build once.
 *
 * @returns a remark for the step's line
 * @throws StartProblem with the end of the build's output when it fails
 */
export async function ensureBuild(logFile: string, signal: AbortSignal): Promise<string> {
  const hash = sourceHash(root);
  if (isBuilt(hash)) return 'the build is up to date';
  const lock = await waitForLock(signal);
  try {
    if (isBuilt(hash)) return 'built by another start';
    await build(logFile, signal);
    writeFileSync(stampFile, hash);
    return 'built';
  } finally {
    lock.release();
  }
}

function isBuilt(hash: string): boolean {
  return existsSync(buildId) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;
}

async function waitForLock(signal: AbortSignal) {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  for (;;) {
    const lock = takeLock(lockFile);
    if ('release' in lock) return lock;
    await delay(500, undefined, { signal });
  }
}

async function build(logFile: string, signal: AbortSignal): Promise<void> {
  rmSync(stampFile, { force: true });
  rmSync(logFile, { force: true });
  const running = await startChild({
    file: process.execPath,
    args: [nextProgram, 'build'],
    env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    logFile,
    graceMs: 5_000,
  });
  const abort = () => void running.stop();
  signal.addEventListener('abort', abort);
  const { code } = await running.exited;
  signal.removeEventListener('abort', abort);
  signal.throwIfAborted();
  if (code === 0 && existsSync(buildId)) return;
  throw new StartProblem(
    'The web app could not be built',
    `The build's log is ${logFile} and ends:\n${lastLines(logFile, 40)}`,
  );
}
