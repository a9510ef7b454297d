import { validate } from 'uuid';
import { db } from '#lib/db/index';

/** The message that a task delivered to the inbox; null when it did not. `createdAt` is ISO 8601. */
export async function inboxMessageOf(taskId: string): Promise<{ message: string; createdAt: string } | null> {
  if (!validate(taskId)) return null;
  const [row] = await db()<{ message: string; created_at: Date }[]>`
    select message, created_at from inbox_messages where task_id = ${taskId}`;
  return row ? { message: row.message, createdAt: row.created_at.toISOString() } : null;
}
