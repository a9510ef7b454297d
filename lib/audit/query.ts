import { z } from 'zod';
import { db } from '#lib/db/index';
import { actorName } from './actor-name.ts';
import type { AuditEntry } from './types.ts';

const time = z.iso.datetime({ offset: true, error: 'is not a time' });

/** Whose or what's entries, when, and where the page begins; `cursor` is the id of the last entry of the page before. */
export const listAuditSchema = z.strictObject({
  subject: z.string().min(1).max(200).optional(),
  actor: z.string().min(1).max(100).optional(),
  action: z.string().min(1).max(100).optional(),
  after: time.optional(),
  before: time.optional(),
  cursor: z.uuid().optional(),
  limit: z.int({ error: 'must be a whole number from 1 to 200' }).min(1).max(200).default(50),
});

/** Entries, newest first. `nextCursor` is null on the last page. */
export async function listAudit(
  filter: z.input<typeof listAuditSchema> = {},
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  const { subject, actor, action, after, before, cursor, limit } = listAuditSchema.parse(filter);
  const sql = db();
  const rows = await sql<(Omit<AuditEntry, 'at'> & { at: Date })[]>`
    select id, at, actor, ${actorName('audit_log.actor')} as name, action, subject, details from audit_log where true
      ${subject ? sql`and subject = ${subject}` : sql``}
      ${actor ? sql`and actor = ${actor}` : sql``}
      ${action ? sql`and action = ${action}` : sql``}
      ${after ? sql`and id >= ${firstIdAt(after)}` : sql``}
      ${before ? sql`and id < ${firstIdAt(before)}` : sql``}
      ${cursor ? sql`and id < ${cursor}` : sql``}
    order by id desc limit ${limit + 1}`;
  const entries = rows.slice(0, limit).map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

/** The least UUIDv7 of a time: an entry's id says when it was made, so every index on ids serves a window too. */
function firstIdAt(at: string): string {
  const hex = Math.max(0, Date.parse(at)).toString(16).padStart(12, '0').slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** Every action that the log holds, by name: one step in the index for each, however long the log is. */
export async function listAuditActions(): Promise<string[]> {
  const rows = await db()<{ action: string }[]>`
    with recursive actions as (
      (select action from audit_log order by action limit 1)
      union all
      select (select action from audit_log where action > actions.action order by action limit 1)
      from actions where actions.action is not null
    )
    select action from actions where action is not null limit 500`;
  return rows.map(({ action }) => action);
}

/** Days for which entries are kept. */
const keptDays = 366;

/** Deletes what is older, of the thousand oldest entries: no index on time is needed for it. */
export async function forgetAudit(): Promise<void> {
  await db()`
    delete from audit_log where id in (select id from audit_log order by id limit 1000)
      and at < now() - ${keptDays} * interval '1 day'`;
}
