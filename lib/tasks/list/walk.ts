import { db, type Queryable } from '#lib/db/index';
import { type IdRange, idRange, matching } from './conditions.ts';
import type { Narrowing } from './narrow.ts';

export type Way = {
  /** Newest first, or oldest first. */
  order: 'desc' | 'asc';
  /** The id after which it goes on; without it from the start. */
  from?: string | null | undefined;
  /** The last id of a walk that is oldest first. */
  last?: string | undefined;
  /** Ids wanted at most. */
  limit: number;
};

/** What was found, in the order of the walk, and the id after which to go on; null when the end was reached. */
export type Found = { ids: string[]; next: string | null };

/** The ids that are left on the way, both included; null when there are none. */
export function rangeOn(way: Way, narrowing: Narrowing): IdRange | null {
  let { from, to } = idRange(narrowing);
  if (way.last !== undefined && way.last < to) to = way.last;
  if (way.from && way.order === 'desc' && way.from <= to) to = neighbour(way.from, -1n);
  if (way.from && way.order === 'asc' && way.from >= from) from = neighbour(way.from, 1n);
  return from <= to ? { from, to } : null;
}

/**
 * Looks at `stretch` tasks in the order of their ids, which is the order of their creation, or at those among `ids`. It may find
 * fewer than `limit` and still have a `next`: then there may be more behind it.
 */
export async function walkIds(
  sql: Queryable,
  narrowing: Narrowing,
  way: Way,
  { stretch, ids }: { stretch: number; ids?: string[] | undefined },
): Promise<Found> {
  const range = rangeOn(way, narrowing);
  if (!range) return { ids: [], next: null };
  const { order, limit } = way;
  const part = db();
  const direction = order === 'desc' ? part`desc` : part`asc`;
  const rows = await sql<{ id: string; matches: boolean | null; place: number }[]>`
    select id, matches, place from (
      select id, ${matching(narrowing)} as matches, row_number() over (order by id ${direction}) as place
      from tasks where id between ${range.from} and ${range.to} ${indexed(narrowing, ids)}
      order by id ${direction} limit ${stretch}
    ) walked
    where matches or place = ${stretch} order by id ${direction} limit ${limit + 1}`;
  const matches = rows.flatMap(({ id, matches }) => (matches ? [id] : []));
  if (matches.length > limit) return { ids: matches.slice(0, limit), next: matches[limit - 1] ?? null };
  const end = rows.at(-1);
  const more = end?.place === stretch && end.id !== (order === 'desc' ? range.from : range.to);
  return { ids: matches, next: more ? end.id : null };
}

/** Conditions that an index serves, so that the walk meets only what fulfils them. */
function indexed({ filter }: Narrowing, ids: string[] | undefined) {
  const sql = db();
  const { fingerprint, correlationId, parentId } = filter;
  return sql`
    ${filter.ids ? sql`and id = any(${filter.ids}::uuid[])` : sql``}
    ${ids ? sql`and id = any(${ids}::uuid[])` : sql``}
    ${fingerprint ? sql`and error_fingerprint = ${fingerprint} and state in ('failed', 'abandoned')` : sql``}
    ${correlationId ? sql`and correlation_id = ${correlationId}` : sql``}
    ${parentId ? sql`and parent_id = ${parentId}` : sql``}`;
}

/** True when few tasks are all that the walk meets, by an index. */
export const isIndexed = ({ filter: { ids, fingerprint, correlationId, parentId } }: Narrowing): boolean =>
  [ids, fingerprint, correlationId, parentId].some((each) => each !== undefined);

function neighbour(id: string, step: bigint): string {
  const digits = (BigInt(`0x${id.replaceAll('-', '')}`) + step).toString(16).padStart(32, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
