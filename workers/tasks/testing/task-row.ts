import { v7 as uuidv7 } from 'uuid';
import { db } from '#lib/db/index';

/** A running task of a definition, as its row stands when the handler runs; returns its id. */
export async function insertRunningTask(definition: string): Promise<string> {
  const id = uuidv7();
  await db()`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
    values (${id}, ${definition}, 'default', 'running', '{}', 3, '{}', 1000, now(), now(), now(), 'user:test')`;
  return id;
}
