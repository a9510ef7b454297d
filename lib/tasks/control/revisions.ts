import { actorName } from '#lib/audit/index';
import { db } from '#lib/db/index';
import type { PayloadRevision } from '../types.ts';

/** The payloads that redrives of a task have replaced, the newest first; some 50 are kept. */
export async function listRevisions(taskId: string): Promise<PayloadRevision[]> {
  const rows = await db()<(Omit<PayloadRevision, 'replacedAt'> & { replacedAt: Date })[]>`
    select revision, payload, replaced_at as "replacedAt", replaced_by as "replacedBy",
      ${actorName('task_payload_revisions.replaced_by')} as "replacedByName"
    from task_payload_revisions where task_id = ${taskId} order by revision desc`;
  return rows.map((row) => ({ ...row, replacedAt: row.replacedAt.toISOString() }));
}
