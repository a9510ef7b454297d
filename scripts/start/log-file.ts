import { copyFileSync, readFileSync, readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';

const limitBytes = 10 * 1024 * 1024;
const everyMs = 30_000;

/** The last lines of a log, or '' when there is none. */
export function lastLines(file: string, count: number): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}

/**
 * Keeps each log below some 10 MB, with one older one beside it. The processes append to their logs by themselves, so
 * a full one is copied and emptied under them.
 */
export function rotateLogs(folder: string): void {
  const rotate = () => {
    for (const name of readdirSync(folder)) if (name.endsWith('.log')) rotateLog(join(folder, name));
  };
  rotate();
  setInterval(rotate, everyMs).unref();
}

/** Copies a log that is too long to `<name>.1` and empties it. */
export function rotateLog(file: string, limit = limitBytes): void {
  try {
    if (statSync(file).size <= limit) return;
    copyFileSync(file, `${file}.1`);
    truncateSync(file);
  } catch {
    // A log that cannot be rotated (a full disk) is no reason to stop.
  }
}
