import { db } from '#lib/db/index';
import type { FailureGroup } from './types.ts';

/** Only so many of the newest dead letters are looked at: the work stays the same however many there are. */
const newest = 2_000;

type Row = Omit<FailureGroup, 'lastAt'> & { lastAt: Date };

/** Dead letters that ended since then and that nobody has dismissed, by cause, the one with the newest first. At most six. */
export async function readFailureGroups(since: Date): Promise<FailureGroup[]> {
  const rows = await db()<Row[]>`
    with dead as materialized (
      select id, error_fingerprint as fingerprint, definition, finished_at, dismissed_at is null and archived_at is null as open
      from tasks where state in ('failed', 'abandoned') and finished_at >= ${since}
      order by finished_at desc limit ${newest}
    ), groups as (
      select fingerprint, count(*) as count, max(finished_at) as last, array_agg(distinct definition) as definitions,
        (array_agg(id order by finished_at desc))[1] as sample
      from dead where open and fingerprint is not null group by fingerprint order by last desc limit 6
    )
    select fingerprint, count, (select count(*) from dead) = ${newest} as more, last as "lastAt", definitions,
      sample as "sampleId", left(coalesce(tasks.error ->> 'message', ''), 500) as "sampleMessage"
    from groups join tasks on tasks.id = groups.sample order by last desc`;
  return rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() }));
}
