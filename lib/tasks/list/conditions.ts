import { db } from '#lib/db/index';
import { lastRunMs } from '#lib/search/index';
import { idAt } from '../id-at.ts';
import type { Choice, Narrowing } from './narrow.ts';

/** What must hold of a task beside its text, as one condition that no index is asked for. */
export function matching({ filter, choices, ids }: Narrowing) {
  const sql = db();
  const { runMsMin, runMsMax } = filter;
  return sql`(true
    ${filter.includeArchived ? sql`` : sql`and archived_at is null`}
    ${all([...ids.map(({ digits, negated }) => unless(negated, named(digits))), ...choices.map((choice) => unless(choice.negated, chosen(choice)))])}
    ${filter.submittedBy ? sql`and submitted_by = ${filter.submittedBy}` : sql``}
    ${filter.correlationId ? sql`and correlation_id = ${filter.correlationId}` : sql``}
    ${filter.parentId ? sql`and parent_id = ${filter.parentId}` : sql``}
    ${filter.fingerprint ? sql`and error_fingerprint = ${filter.fingerprint} and state::text in ('failed', 'abandoned')` : sql``}
    ${filter.dismissed === undefined ? sql`` : sql`and (dismissed_at is not null) = ${filter.dismissed}`}
    ${filter.createdAfter ? sql`and created_at >= ${filter.createdAfter}::timestamptz` : sql``}
    ${filter.createdBefore ? sql`and created_at < ${filter.createdBefore}::timestamptz` : sql``}
    ${filter.finishedAfter ? sql`and finished_at >= ${filter.finishedAfter}::timestamptz` : sql``}
    ${filter.finishedBefore ? sql`and finished_at < ${filter.finishedBefore}::timestamptz` : sql``}
    ${runMsMin === undefined ? sql`` : sql`and ${lastRunMs()} >= ${runMsMin}`}
    ${runMsMax === undefined ? sql`` : sql`and ${lastRunMs()} <= ${runMsMax}`}
    ${filter.attemptsMin === undefined ? sql`` : sql`and attempt >= ${filter.attemptsMin}`}
    ${filter.attemptsMax === undefined ? sql`` : sql`and attempt <= ${filter.attemptsMax}`}
    ${filter.metadata ? sql`and metadata @> ${JSON.stringify(filter.metadata)}::text::jsonb` : sql``})`;
}

/** The state as text, which no partial index serves: docs/decisions/006. */
function chosen({ kind, values }: Choice) {
  const sql = db();
  if (kind === 'tag') return sql`(tags && ${values}::text[])`;
  if (kind === 'state') return sql`(state::text = any(${values}::text[]))`;
  const column = { definition: 'definition', queue: 'queue', worker: 'worker_id' }[kind];
  return sql`(coalesce(${sql(column)}, '') = any(${values}::text[]))`;
}

type Fragment = ReturnType<typeof chosen>;

/** The driver takes no empty array for nothing. */
const all = (conditions: Fragment[]): Fragment =>
  conditions.reduce((before, condition) => db()`${before} and ${condition}`, db()``);
const unless = (negated: boolean, condition: Fragment): Fragment => (negated ? db()`not ${condition}` : condition);

/** Eight digits are the first or the last of an id: the pages show the last. */
function named(digits: string) {
  const sql = db();
  const begins = sql`replace(id::text, '-', '') like ${`${digits}%`}`;
  return digits.length === 8 ? sql`(${begins} or right(id::text, 8) = ${digits})` : sql`(${begins})`;
}

/** A program's clock, which makes the ids, and the database's may differ by so much. */
const clockSkewMs = 60_000;

/** Between which ids: `from` and `to` are in it. */
export type IdRange = Readonly<{ from: string; to: string }>;
const allIds: IdRange = { from: '00000000-0000-0000-0000-000000000000', to: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** The ids between which the tasks lie: ids say when a task was created. */
export function idRange({ filter, ids }: Narrowing): IdRange {
  const { createdAfter, createdBefore, finishedBefore } = filter;
  const ranges: IdRange[] = [allIds];
  for (const { digits, negated } of ids)
    if (!negated && digits.length !== 8)
      ranges.push({ from: asId(digits.padEnd(32, '0')), to: asId(digits.padEnd(32, 'f')) });
  if (createdAfter) ranges.push({ ...allIds, from: idAt(new Date(Date.parse(createdAfter) - clockSkewMs)) });
  for (const end of [createdBefore, finishedBefore])
    if (end) ranges.push({ ...allIds, to: idAt(new Date(Date.parse(end) + clockSkewMs)) });
  return ranges.reduce((all, { from, to }) => ({
    from: from > all.from ? from : all.from,
    to: to < all.to ? to : all.to,
  }));
}

const asId = (digits: string): string => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
