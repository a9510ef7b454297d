import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a body did, told by the body itself outside of both stores. `start`: it began; `effect`: it did what must not be lost;
 * `fail`: it threw, as its payload asked; `end`: it returned. `mono` is the machine's monotonic clock in nanoseconds, the same
 * in all processes.
 */
export type LedgerEvent = {
  run: string;
  task: string;
  attempt: number;
  fence: number;
  pid: number;
  ev: 'start' | 'effect' | 'fail' | 'end';
  mono: number;
  wall: number;
};

export const monotonicNow = (): number => Number(process.hrtime.bigint());

/** All events of a run, in the order in which they happened. A line that a kill cut short is left out. */
export function readLedger(folder: string): LedgerEvent[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ledger'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .flatMap(parseLine)
    .sort((a, b) => a.mono - b.mono);
}

function parseLine(line: string): LedgerEvent[] {
  if (!line.endsWith('}')) return [];
  return [JSON.parse(line) as LedgerEvent];
}
