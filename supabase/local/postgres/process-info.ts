import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** True while a process with this id exists and is not a zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return linuxStat(pid)?.state !== 'Z';
}

/**
 * When a process started, as an opaque string that is equal only for the same process, or null if it is gone.
 * Together with the id it survives the reuse of process ids.
 */
export function startedAt(pid: number): string | null {
  if (!isAlive(pid)) return null;
  return linuxStat(pid)?.startTime ?? askPs(pid, 'lstart=');
}

/** The command line of a process, or '' when it is gone or hidden. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return askPs(pid, 'command=') ?? '';
  }
}

/** Fields 3 (state) and 22 (start time in ticks) of /proc/<pid>/stat; the name in field 2 may hold spaces. */
function linuxStat(pid: number): { state: string; startTime: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', startTime: fields[19] ?? '' };
  } catch {
    return null;
  }
}

function askPs(pid: number, column: string): string | null {
  if (existsSync('/proc/self/stat')) return null;
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
