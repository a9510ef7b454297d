import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../../supabase/local/postgres/process-info.ts';
import { clearOrphan } from '../../supabase/local/postgres/orphan.ts';
import { killGroup, signalProcess } from './child.ts';
import type { DataFolder } from './data-folder.ts';
import { livingProcess, removeRecord } from './process-record.ts';

/** In the order in which they are stopped. */
const names = ['web', 'worker', 'gateway', 'redis'] as const;
export type ServiceName = (typeof names)[number];
const patienceMs = 10_000;

export const recordFile = (folder: DataFolder, name: ServiceName): string => folder.file('run', `${name}.json`);

/**
 * Stops what an earlier start of this data folder left running because it was killed itself. Processes of others, and later
 * ones with the same id, are never touched.
 * @returns the names of what was stopped
 */
export async function stopLeftovers(folder: DataFolder): Promise<string[]> {
  const stopped: string[] = [];
  for (const name of names) {
    const file = recordFile(folder, name);
    const pid = livingProcess(file);
    if (pid !== undefined) {
      await stopProcess(pid);
      stopped.push(name);
    }
    removeRecord(file);
  }
  await clearOrphan(folder.file('postgres'));
  return stopped;
}

async function stopProcess(pid: number): Promise<void> {
  signalProcess(pid, 'SIGTERM');
  for (const end = Date.now() + patienceMs; Date.now() < end && isAlive(pid);) await delay(50);
  killGroup(pid);
}
