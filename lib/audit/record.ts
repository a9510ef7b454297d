import { v7 as uuidv7 } from 'uuid';
import { type Actor, actorRef } from '#lib/access/types';
import type { Queryable } from '#lib/db/index';

/**
 * Writes down who did what. Give it the transaction that does it: an entry then stands for something that happened, and
 * nothing happens without one.
 *
 * @param action `<subject>.<verb>`: task.cancel, queue.update.
 * @param subject what a page asks for: `task:<uuid>`, `queue:<name>`.
 * @param details small and free of secrets; a payload never stands here.
 */
export async function audit(
  sql: Queryable,
  actor: Actor,
  action: string,
  subject: string,
  details?: Record<string, unknown>,
): Promise<void> {
  await sql`
    insert into audit_log (id, actor, action, subject, details)
    values (${uuidv7()}, ${actorRef(actor)}, ${action}, ${subject}, ${details ? JSON.stringify(details) : null}::text::jsonb)`;
}
