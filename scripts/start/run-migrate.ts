import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartProblem } from './problem.ts';

/**
 * Runs scripts/migrate.ts, which brings the database to this version and makes the first sign-in.
 * @returns its last line
 * @throws StartProblem with what it said when it fails
 */
export async function runMigrate(env: Record<string, string>, signal: AbortSignal): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/migrate.ts'], {
      env: { ...process.env, ...env },
      signal,
    });
    return stdout.trim().split('\n').at(-1) ?? '';
  } catch (cause) {
    if (signal.aborted) throw cause;
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new StartProblem('The database could not be prepared', said, { cause });
  }
}
