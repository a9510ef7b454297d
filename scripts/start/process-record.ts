import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { startedAt } from '../../supabase/local/postgres/process-info.ts';
import { parseJson } from './data-folder.ts';
import { errorCode } from './error-code.ts';

/** A process, told apart from a later one with the same id by the time at which it started. */
const recordSchema = z.object({ pid: z.number().int(), startedAt: z.string() });

/** Writes down that `pid` is ours. A process that has ended already is not recorded. */
export function writeRecord(file: string, pid: number): void {
  const started = startedAt(pid);
  if (started !== null) writeFileSync(file, JSON.stringify({ pid, startedAt: started }), { mode: 0o600 });
}

/**
 * The same for this process, unless there is a record already.
 * @returns whether it was written; readers never see half of it
 */
export function createRecord(file: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeRecord(draft, process.pid);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    removeRecord(draft);
  }
}

/** The id of the recorded process while it lives, else undefined. */
export function livingProcess(file: string): number | undefined {
  const record = recordSchema.safeParse(parseJson(readText(file)));
  if (!record.success || startedAt(record.data.pid) !== record.data.startedAt) return undefined;
  return record.data.pid;
}

export function removeRecord(file: string): void {
  rmSync(file, { force: true });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
