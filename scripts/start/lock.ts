import { createRecord, livingProcess, removeRecord } from './process-record.ts';

/** One holder at a time over all processes; a holder that died holds it no more. */
export type Lock = { release(): void };

/** Takes the lock, or says which living process holds it. */
export function takeLock(file: string): Lock | { holder: number } {
  while (!createRecord(file)) {
    const holder = livingProcess(file);
    if (holder !== undefined && holder !== process.pid) return { holder };
    removeRecord(file);
  }
  return { release: () => removeRecord(file) };
}
