import { readdirSync, readFileSync } from 'node:fs';

export type Witness = { pid: number; command: string };

/** The processes of this machine whose environment has the entry `NAME=value`, as whoever they are started by hands it on. */
export function processesWith(entry: string): Witness[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name);
    if (!Number.isInteger(pid)) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(entry)) return [];
      return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
    } catch {
      // It has ended meanwhile, or is another user's.
      return [];
    }
  });
}
