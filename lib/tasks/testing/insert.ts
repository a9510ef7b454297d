import { v7 as uuidv7 } from 'uuid';
import { db } from '#lib/db/index';
import type { TaskState } from '../state.ts';

type Wanted = Record<string, unknown> & { state?: TaskState; payload?: unknown; error?: unknown };

/** For tests: a task as if it had come to this state by itself; further columns by their SQL names. @returns its id. */
export async function insertTask({
  state = 'pending',
  payload = {},
  error = null,
  ...columns
}: Wanted = {}): Promise<string> {
  const sql = db();
  const id = uuidv7();
  const ended = ['completed', 'failed', 'cancelled', 'abandoned'].includes(state);
  const now = new Date();
  const row = {
    id,
    definition: 'probe',
    queue: 'default',
    max_attempts: 3,
    timeout_ms: 1_000,
    run_at: state === 'scheduled' || state === 'retrying' ? new Date('2099-01-01') : now,
    ready_at: now,
    dispatch_at: new Date('2099-01-01'),
    submitted_by: 'key:test',
    finished_at: ended ? now : null,
    ...(state === 'running' && { started_at: now, lease_until: new Date('2099-01-01'), fence: 1, attempt: 1 }),
    ...columns,
  };
  await sql`insert into tasks ${sql({ ...row, state, payload: sql.json(payload as never), retry: sql.json({}), error: error === null ? null : sql.json(error as never) } as never)}`;
  return id;
}
