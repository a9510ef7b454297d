import { z } from 'zod';
import { db } from '#lib/db/index';
import { announceShown, changedColumns, type ChangedRow, lockedIn, type Verb } from './change.ts';
import { deadLetterStates, isDeadLetter } from '../state.ts';
import type { DeadLetterGroup } from '../types.ts';

/** DISMISS: a dead letter has been seen and needs nothing more; an undismiss takes that back, and so does a retry or redrive. */
export const dismiss: Verb = {
  past: 'dismissed',
  change: (sql, ids, { reason }) => sql<ChangedRow[]>`
    with found as (${lockedIn(ids, deadLetterStates, db()`and dismissed_at is null`)})
    update tasks set dismissed_at = clock_timestamp(), dismiss_reason = ${reason ?? null}
    from found where tasks.id = found.id
    returning ${changedColumns()}`,
  announce: announceShown,
  refusal: ({ state, dismissed }) =>
    dismissed
      ? { why: 'it is dismissed already' }
      : { why: `it is ${state}`, hint: 'Only a dead letter can be dismissed: a failed or abandoned task.' },
};

/** UNDISMISS: back into the groups, as if nobody had seen it; why it was dismissed stays in the audit log. */
export const undismiss: Verb = {
  past: 'brought back',
  change: (sql, ids) => sql<ChangedRow[]>`
    with found as (${lockedIn(ids, deadLetterStates, db()`and dismissed_at is not null`)})
    update tasks set dismissed_at = null, dismiss_reason = null from found where tasks.id = found.id
    returning ${changedColumns()}`,
  announce: announceShown,
  refusal: ({ state }) =>
    isDeadLetter(state)
      ? { why: 'it is not dismissed' }
      : { why: `it is ${state}`, hint: 'Only a dead letter that was dismissed can be brought back.' },
};

/** Groups are made of the newest dead letters only: a statement's work stays bounded however many there are. */
const newest = 100_000;

/** Which groups, and where the page begins; `cursor` is the `nextCursor` of the page before. */
export const listDeadLettersSchema = z.strictObject({
  definition: z.string().max(64).optional(),
  queue: z.string().max(40).optional(),
  /** Only what ended since then. */
  since: z.iso.datetime({ offset: true }).optional(),
  cursor: z
    .string()
    .regex(/^[0-9T:.-]{23}Z_[0-9a-f]{16}$/, 'is not a cursor')
    .optional(),
  limit: z.int({ error: 'must be a whole number from 1 to 200' }).min(1).max(200).default(50),
});

type GroupRow = Omit<DeadLetterGroup, 'firstAt' | 'lastAt'> & { firstAt: Date; lastAt: Date };

/**
 * Dead letters that nobody has dismissed, grouped by the fingerprint of their error, the group with the newest first. The
 * newest 100,000 are looked at.
 */
export async function listDeadLetterGroups(
  query: z.input<typeof listDeadLettersSchema> = {},
): Promise<{ groups: DeadLetterGroup[]; nextCursor: string | null }> {
  const { definition, queue, since, cursor, limit } = listDeadLettersSchema.parse(query);
  const [lastAt, fingerprint] = cursor?.split('_') ?? [];
  const sql = db();
  const rows = await sql<GroupRow[]>`
    with dead as (
      select error_fingerprint, definition, queue, finished_at from tasks
      where state in ('failed', 'abandoned') and dismissed_at is null and archived_at is null
        and error_fingerprint is not null ${since ? sql`and finished_at >= ${since}::timestamptz` : sql``}
      order by finished_at desc limit ${newest}
    ), by_definition as (
      select error_fingerprint as fingerprint, definition, count(*) as count, min(finished_at) as first, max(finished_at) as last
      from dead
      where true ${definition ? sql`and definition = ${definition}` : sql``} ${queue ? sql`and queue = ${queue}` : sql``}
      group by error_fingerprint, definition
    ), groups as (
      select fingerprint, sum(count)::integer as count, min(first) as first, max(last) as last,
        -- As precise as a cursor can be.
        date_trunc('milliseconds', max(last)) as "lastAt", array_agg(definition order by definition) as definitions
      from by_definition group by fingerprint
    )
    select fingerprint, count, first as "firstAt", "lastAt", definitions, sample.id as "sampleId", sample.message as "sampleMessage"
    from groups
    cross join lateral (
      select id, left(coalesce(error ->> 'message', ''), 500) as message from tasks
      where state in ('failed', 'abandoned') and finished_at = groups.last and error_fingerprint = groups.fingerprint limit 1
    ) sample
    ${lastAt && fingerprint ? sql`where ("lastAt", fingerprint) < (${lastAt}::timestamptz, ${fingerprint})` : sql``}
    order by "lastAt" desc, fingerprint desc limit ${limit + 1}`;
  const groups = rows
    .slice(0, limit)
    .map((row) => ({ ...row, firstAt: row.firstAt.toISOString(), lastAt: row.lastAt.toISOString() }));
  const end = groups.at(-1);
  return { groups, nextCursor: rows.length > limit && end ? `${end.lastAt}_${end.fingerprint}` : null };
}
