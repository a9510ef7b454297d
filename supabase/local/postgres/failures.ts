import { LocalStackError } from '../errors.ts';

/** The error for a full disk if the program's output speaks of one. */
export function diskFull(output: string, dataDir: string): LocalStackError | null {
  if (!/No space left on device|disk quota exceeded/i.test(output)) return null;
  return new LocalStackError(`The disk that holds ${dataDir} is full`, 'Free some space and start again; nothing that was committed is lost.');
}

/** What a server's last log lines say about why it did not start. */
export function explainStart(output: string, dataDir: string, port: number): LocalStackError {
  const full = diskFull(output, dataDir);
  if (full) return full;
  if (/Address already in use|could not bind/i.test(output)) return portTaken(port);
  const reason = output.trim().split('\n').filter((line) => /FATAL|PANIC|error/i.test(line)).at(-1) ?? 'it ended without a message';
  return new LocalStackError(`Postgres did not start on ${dataDir}: ${reason}`, 'Its log holds the details.');
}

/** Another program listens where Postgres should. */
export function portTaken(port: number): LocalStackError {
  return new LocalStackError(`Port ${port} for Postgres is in use by another program`, 'Stop that program or choose another port.');
}
