import type { AuditEntry } from '#lib/audit/types';
import { actorName } from '#lib/audit/index';
import { db } from '#lib/db/index';
import type { BulkOperation } from './types.ts';

type Row = Pick<AuditEntry, 'id' | 'actor' | 'name'> & Pick<BulkOperation, 'args'> & { verb: string; at: Date };

/**
 * What operations over many tasks did to one of them, as entries of its own: the audit log has one for all. Told is what the task
 * still says the time of, a cancel, an archiving, a dismissal, for the days that operations are kept.
 */
export async function listBulkOnTask(taskId: string): Promise<AuditEntry[]> {
  const rows = await db()<Row[]>`
    select distinct on (told.verb) o.id, told.at, o.created_by as actor, ${actorName('o.created_by')} as name, told.verb, o.args
    from tasks
    cross join lateral (
      values ('cancel', cancel_requested_at), ('archive', archived_at), ('dismiss', dismissed_at)
    ) as told (verb, at)
    join bulk_operations o on o.verb = told.verb and told.at between o.created_at and coalesce(o.finished_at, 'infinity')
    where tasks.id = ${taskId}
      -- Of another filter nobody could say whether it was this operation's: no name is better than a wrong one.
      and (tasks.id = any(o.ids) or (o.filter ->> 'fingerprint' = tasks.error_fingerprint and tasks.id <= o.last_id))
      -- What was done to it alone meanwhile was not done by the operation.
      and not exists (
        select from audit_log a where a.subject = 'task:' || tasks.id and a.action = 'task.' || told.verb and a.at >= o.created_at)
    order by told.verb, o.id desc`;
  return rows.map(({ verb, at, args, ...row }) => ({
    ...row,
    at: at.toISOString(),
    action: `task.${verb}`,
    subject: `task:${taskId}`,
    details: { ...args, operation: row.id },
  }));
}
