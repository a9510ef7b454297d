import { statfsSync } from 'node:fs';

import { LocalStackError } from '../errors.ts';

/** Below this a server cannot start, and perhaps not even write why. */
const FULL_BYTES = 1024 * 1024;

/** The error for a full disk if the program's output speaks of one. */
export function diskFull(output: string, dataDir: string): LocalStackError | null {
  return /No space left on device|disk quota exceeded|ENOSPC|EDQUOT/i.test(output) ? diskFullError(dataDir) : null;
}

function diskFullError(dataDir: string): LocalStackError {
  return new LocalStackError(
    `The disk that holds ${dataDir} is full`,
    'Free some space and start again; nothing that was committed is lost.',
  );
}

/** What a server's last log lines say about why it did not start. */
export function explainStart(output: string, dataDir: string, port: number): LocalStackError {
  const full = diskFull(output, dataDir);
  if (full) return full;
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < FULL_BYTES) return diskFullError(dataDir);
  if (/Address already in use|could not bind/i.test(output)) return portTaken(port);
  const reason =
    output
      .trim()
      .split('\n')
      .filter((line) => /FATAL|PANIC|error/i.test(line))
      .at(-1) ?? 'it ended without a message';
  return new LocalStackError(`Postgres did not start on ${dataDir}: ${reason}`, 'Its log holds the details.');
}

/** Another program listens where Postgres should. */
export function portTaken(port: number): LocalStackError {
  return new LocalStackError(
    `Port ${port} for Postgres is in use by another program`,
    'Stop that program or choose another port.',
  );
}
