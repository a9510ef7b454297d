import { v7 as uuidv7 } from 'uuid';
import { db } from '#lib/db/index';

/** Puts a message into the inbox: one a task, however often its body runs; the first one stays. */
export async function deliverToInbox({ taskId, message }: { taskId: string; message: string }): Promise<void> {
  await db()`
    insert into inbox_messages (id, task_id, message) values (${uuidv7()}, ${taskId}, ${message})
    on conflict (task_id) do nothing`;
}
