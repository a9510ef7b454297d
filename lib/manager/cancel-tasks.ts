import { type Actor, actorRef } from '#lib/access/types';
import { audit } from '#lib/audit/index';
import { db } from '#lib/db/index';
import { announceVerb, applyVerb } from '#lib/tasks/index';

/** Tasks that one transaction locks. */
const maxTogether = 500;

/**
 * Cancels those of the tasks that have not ended; one that runs is told to stop, and its state follows. A bulk operation does
 * the same for a filter, in the background and at a rate.
 *
 * @returns the ids of those that were cancelled or told so.
 */
export async function cancelTasks(actor: Actor, ids: string[]): Promise<string[]> {
  const cancelled: string[] = [];
  for (let start = 0; start < ids.length; start += maxTogether) {
    const some = ids.slice(start, start + maxTogether);
    const rows = await db().begin(async (tx) => {
      const rows = await applyVerb(tx, 'cancel', some, { by: actorRef(actor) });
      for (const { id, state } of rows) await audit(tx, actor, 'task.cancel', `task:${id}`, { state });
      return rows;
    });
    announceVerb('cancel', rows);
    cancelled.push(...rows.map(({ id }) => id));
  }
  return cancelled;
}
