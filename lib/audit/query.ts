import { z } from 'zod';
import { db } from '#lib/db/index';
import { actorName } from './actor-name.ts';
import type { AuditEntry } from './types.ts';

/** Whose or what's entries, and where the page begins; `cursor` is the id of the last entry of the page before. */
export const listAuditSchema = z.strictObject({
  subject: z.string().min(1).max(200).optional(),
  actor: z.string().min(1).max(100).optional(),
  cursor: z.uuid().optional(),
  limit: z.int({ error: 'must be a whole number from 1 to 200' }).min(1).max(200).default(50),
});

/** Entries, newest first. `nextCursor` is null on the last page. */
export async function listAudit(
  filter: z.input<typeof listAuditSchema> = {},
): Promise<{ entries: AuditEntry[]; nextCursor: string | null }> {
  const { subject, actor, cursor, limit } = listAuditSchema.parse(filter);
  const sql = db();
  const rows = await sql<(Omit<AuditEntry, 'at'> & { at: Date })[]>`
    select id, at, actor, ${actorName('audit_log.actor')} as name, action, subject, details from audit_log where true
      ${subject ? sql`and subject = ${subject}` : sql``}
      ${actor ? sql`and actor = ${actor}` : sql``}
      ${cursor ? sql`and id < ${cursor}` : sql``}
    order by id desc limit ${limit + 1}`;
  const entries = rows.slice(0, limit).map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  return { entries, nextCursor: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

/** Days for which entries are kept. */
const keptDays = 366;

/** Deletes what is older, of the thousand oldest entries: no index on time is needed for it. */
export async function forgetAudit(): Promise<void> {
  await db()`
    delete from audit_log where id in (select id from audit_log order by id limit 1000)
      and at < now() - ${keptDays} * interval '1 day'`;
}
