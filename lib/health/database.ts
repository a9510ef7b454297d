import { db } from '#lib/db/index';
import type { Part } from './part.ts';

/** `accepting`: a task submitted now would be committed. */
export type DatabaseHealth = Part & { accepting: boolean };

type Row = { readOnly: boolean; fsync: string; synchronousCommit: string };

/** Whether Postgres takes writes, and keeps what it has confirmed: without fsync an accepted task is not a safe one. */
export async function checkDatabase(): Promise<DatabaseHealth> {
  const [row] = await db()<Row[]>`
    select pg_is_in_recovery() or current_setting('transaction_read_only') = 'on' as "readOnly",
      current_setting('fsync') as fsync, current_setting('synchronous_commit') as "synchronousCommit"`;
  if (!row || row.readOnly) return { ok: false, accepting: false, detail: 'is read-only' };
  if (row.fsync !== 'on')
    return { ok: false, accepting: true, detail: 'fsync is off: a power cut can lose accepted tasks' };
  if (row.synchronousCommit === 'off')
    return { ok: false, accepting: true, detail: 'synchronous_commit is off: a crash can lose accepted tasks' };
  return { ok: true, accepting: true, detail: 'takes writes and keeps them' };
}
