import { closeSync, fdatasync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LedgerEvent } from '../lab/ledger.ts';

type Entry = Pick<LedgerEvent, 'task' | 'attempt' | 'fence' | 'ev'>;

const sync = promisify(fdatasync);
let file: number | undefined;
let flushing: Promise<void> | undefined;

/** One file a process. Opened at the first record: a process that runs no body leaves none. */
function open(): number {
  const folder = process.env['FAULT_LEDGER'];
  if (!folder) throw new Error('FAULT_LEDGER names no folder');
  // 'a' is O_APPEND: a record is one write of less than 4 KB, so it is there whole or not at all.
  file = openSync(join(folder, `${process.pid}.ledger`), 'a');
  process.once('exit', () => closeSync(file ?? -1));
  return file;
}

/** Writes a record; resolves when it is on the disk. Records that come during a flush share the next one. */
export async function record(entry: Entry): Promise<void> {
  const line: LedgerEvent = {
    run: process.env['FAULT_RUN'] ?? '',
    ...entry,
    pid: process.pid,
    mono: Number(process.hrtime.bigint()),
    wall: Date.now(),
  };
  const fd = file ?? open();
  writeSync(fd, `${JSON.stringify(line)}\n`);
  await flushing;
  await (flushing ??= sync(fd).finally(() => (flushing = undefined)));
}
