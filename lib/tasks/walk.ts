import { db, type Queryable } from '#lib/db/index';
import type { TaskFilter } from './filter.ts';
import { idAt } from './id-at.ts';
import type { TaskState } from './state.ts';

/** Rows that one statement looks at: a rare match among millions must hold nobody for long. */
const stretch = 20_000;

type Way = {
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

/**
 * Walks a stretch of the tasks in the order of their ids, which is the order of their creation. It may find fewer than
 * `limit` and still have a `next`: then there may be more behind it.
 */
export async function walkTasks(sql: Queryable, filter: TaskFilter, way: Way): Promise<Found> {
  // Each state by the index of that state: asked for several at once, Postgres walks or sorts all tasks, and those wanted
  // may be the oldest of a million. Dead letters of one cause have an index of their own.
  const states = filter.fingerprint === undefined && filter.states?.length ? [...new Set(filter.states)] : [undefined];
  const found = await Promise.all(states.map((state) => walkState(sql, filter, way, state)));
  return merge(found, way);
}

async function walkState(sql: Queryable, filter: TaskFilter, way: Way, state: TaskState | undefined): Promise<Found> {
  const { order, from, last, limit } = way;
  const part = db();
  const direction = order === 'desc' ? part`desc` : part`asc`;
  const rows = await sql<{ id: string; matches: boolean | null; place: number }[]>`
    select id, matches, place from (
      select id, ${matching(filter)} as matches, row_number() over (order by id ${direction}) as place
      from tasks where true
        ${state ? part`and state = ${state}` : part``}
        ${from ? part`and id ${order === 'desc' ? part`<` : part`>`} ${from}` : part``}
        ${last ? part`and id <= ${last}` : part``}
        ${indexed(filter, state)}
      order by id ${direction} limit ${stretch}
    ) walked
    where matches or place = ${stretch} order by id ${direction} limit ${limit + 1}`;
  const matches = rows.flatMap(({ id, matches }) => (matches ? [id] : []));
  if (matches.length > limit) return { ids: matches.slice(0, limit), next: matches[limit - 1] ?? null };
  const end = rows.at(-1);
  return { ids: matches, next: end?.place === stretch ? end.id : null };
}

/** What no walk has passed yet may lie between the ids of the others: only as far as the shortest of them is all known. */
function merge(found: Found[], { order, limit }: Way): Found {
  const before = (a: string, b: string): boolean => (order === 'desc' ? a > b : a < b);
  const next = found
    .flatMap((walk) => walk.next ?? [])
    .reduce<string | null>((nearest, id) => (nearest === null || before(id, nearest) ? id : nearest), null);
  const ids = found
    .flatMap((walk) => walk.ids)
    .filter((id) => next === null || !before(next, id))
    .sort((a, b) => (before(a, b) ? -1 : 1));
  return ids.length > limit ? { ids: ids.slice(0, limit), next: ids[limit - 1] ?? null } : { ids, next };
}

/** A program's clock, which makes the ids, and the database's may differ by so much. */
const clockSkewMs = 60_000;

/** Conditions that an index serves, so that the walk meets only what fulfils them. */
function indexed(filter: TaskFilter, state: TaskState | undefined) {
  const sql = db();
  const { createdAfter, createdBefore, finishedBefore } = filter;
  const ends = [createdBefore, finishedBefore].flatMap((time) => (time === undefined ? [] : Date.parse(time)));
  return sql`
    ${filter.ids ? sql`and id = any(${filter.ids}::uuid[])` : sql``}
    ${filter.fingerprint ? sql`and error_fingerprint = ${filter.fingerprint} and state in ('failed', 'abandoned')` : sql``}
    ${filter.correlationId ? sql`and correlation_id = ${filter.correlationId}` : sql``}
    ${filter.parentId ? sql`and parent_id = ${filter.parentId}` : sql``}
    ${filter.tag ? sql`and tags <> '{}' and tags @> ${[filter.tag]}::text[]` : sql``}
    ${filter.definition && !state ? sql`and definition = ${filter.definition}` : sql``}
    ${createdAfter ? sql`and id >= ${idAt(new Date(Date.parse(createdAfter) - clockSkewMs))}` : sql``}
    ${ends.length > 0 ? sql`and id < ${idAt(new Date(Math.min(...ends) + clockSkewMs))}` : sql``}`;
}

/** All other conditions, as one that is true or false of each task on the way. */
function matching(filter: TaskFilter) {
  const sql = db();
  return sql`(true
    ${filter.includeArchived ? sql`` : sql`and archived_at is null`}
    ${filter.states?.length ? sql`and state = any(${filter.states}::task_state[])` : sql``}
    ${filter.definition ? sql`and definition = ${filter.definition}` : sql``}
    ${filter.queue ? sql`and queue = ${filter.queue}` : sql``}
    ${filter.submittedBy ? sql`and submitted_by = ${filter.submittedBy}` : sql``}
    ${filter.workerId ? sql`and worker_id = ${filter.workerId}` : sql``}
    ${filter.dismissed === undefined ? sql`` : sql`and (dismissed_at is not null) = ${filter.dismissed}`}
    ${filter.createdAfter ? sql`and created_at >= ${filter.createdAfter}::timestamptz` : sql``}
    ${filter.createdBefore ? sql`and created_at < ${filter.createdBefore}::timestamptz` : sql``}
    ${filter.finishedBefore ? sql`and finished_at < ${filter.finishedBefore}::timestamptz` : sql``})`;
}
