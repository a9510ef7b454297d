import { db, type Queryable } from '#lib/db/index';
import { lookThrough, readMatching, readUnwritten } from '#lib/search/index';
import { matching } from './conditions.ts';
import type { TaskFilter } from './filter.ts';
import { fewOfStates } from './few.ts';
import { documentQueries } from '../marks.ts';
import { narrow, type Narrowing } from './narrow.ts';
import { type Found, isIndexed, rangeOn, walkIds, type Way } from './walk.ts';

/** Rows that one statement looks at: a rare match among millions must hold nobody for long. */
const stretch = 20_000;
/** Before the documents are asked, so many are looked at as they are now. */
const newest = 4_000;
/** Running tasks whose claim no document tells of: all of them, with any sensible number of workers. */
const mostRunning = 2_000;

/** Tasks whose documents are yet to be written that are looked at themselves, with their texts or without. */
export const mostRead = { texts: 500, tasks: 5_000 };

/** Tasks that fit; `indexing`: changes that the search could not see yet, when there are any. */
export type Matches = Found & { indexing?: number };

/**
 * Finds tasks that fit, in the order of their ids, for about `patienceMs`. It may find fewer than `limit` and still have a
 * `next`: then there may be more behind it.
 *
 * @throws TaskdeckError `invalid` at `/q`.
 */
export const findTasks = (filter: TaskFilter, way: Way, patienceMs: number): Promise<Matches> =>
  findMatching(narrow(filter), way, patienceMs);

/** As `findTasks`, of a filter that was read. */
export async function findMatching(narrowing: Narrowing, way: Way, patienceMs: number): Promise<Matches> {
  const until = performance.now() + patienceMs;
  const queries = documentQueries(narrowing);
  if (narrowing.text.length > 0 && queries.length > 0) return searchDocuments(db(), narrowing, queries, way, until);

  const ids = isIndexed(narrowing) ? undefined : await fewOfStates(db(), narrowing);
  // Only as far as documents tell of all changes: else a list would leave out what is there.
  const byDocuments =
    queries.length > 0 && !ids && !isIndexed(narrowing) && (await readUnwritten(db(), mostRead.tasks)).more === 0;
  const first = await walkIds(db(), narrowing, way, { stretch: byDocuments ? newest : stretch, ids });
  if (first.next === null || first.ids.length >= way.limit) return first;
  const rest = { ...way, from: first.next, limit: way.limit - first.ids.length };
  const more = byDocuments
    ? await searchDocuments(db(), narrowing, queries, rest, until)
    : await walkOn(narrowing, rest, until, ids);
  return { next: more.next, ids: [...first.ids, ...more.ids] };
}

async function walkOn(narrowing: Narrowing, way: Way, until: number, few: string[] | undefined): Promise<Found> {
  const ids: string[] = [];
  let next = way.from ?? null;
  while (next !== null && ids.length < way.limit && performance.now() < until) {
    const found = await walkIds(
      db(),
      narrowing,
      { ...way, from: next, limit: way.limit - ids.length },
      { stretch, ids: few },
    );
    ids.push(...found.ids);
    next = found.next;
  }
  return { ids, next };
}

/**
 * Takes one stretch of the way, as a step of something longer does. What has no text is told by the tasks themselves, not by
 * documents that are written a moment later.
 *
 * @throws TaskdeckError `invalid` at `/q`.
 */
export async function walkTasks(sql: Queryable, filter: TaskFilter, way: Way): Promise<Found> {
  const narrowing = narrow(filter);
  const queries = documentQueries(narrowing);
  if (narrowing.text.length > 0 && queries.length > 0)
    return searchDocuments(sql, narrowing, queries, way, performance.now() + 200);
  return walkIds(sql, narrowing, way, { stretch });
}

/**
 * By their documents; those whose documents are yet to be written, and those that run, are looked at themselves. These are read first: what
 * is written meanwhile is then seen twice, and not never.
 */
async function searchDocuments(
  sql: Queryable,
  narrowing: Narrowing,
  queries: string[],
  way: Way,
  until: number,
): Promise<Matches> {
  const range = rangeOn(way, narrowing);
  if (!range) return { ids: [], next: null };
  const { ids: unwritten, more: indexing } = await readUnwritten(
    sql,
    narrowing.text.length > 0 ? mostRead.texts : mostRead.tasks,
  );
  const looked = [...unwritten, ...(narrowing.text.length > 0 ? [] : await readRunning(sql))];
  const also = db()`${matching(narrowing)} ${idsAmong(narrowing)}`;
  const between = db()`and id between ${range.from} and ${range.to} and ${also}`;
  const itself = await readMatching(sql, looked, narrowing.text, between);
  const { ids, reached } = await lookThrough(sql, {
    queries,
    also,
    ...range,
    order: way.order,
    limit: way.limit,
    until,
  });
  const seen = new Set(looked);
  const found = merge([...itself, ...ids.filter((id) => !seen.has(id))], reached, way);
  return indexing > 0 ? { ...found, indexing } : found;
}

const idsAmong = ({ filter: { ids } }: Narrowing) => (ids ? db()`and id = any(${ids}::uuid[])` : db()``);

async function readRunning(sql: Queryable): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`select id from tasks where state = 'running' limit ${mostRunning}`;
  return rows.map(({ id }) => id);
}

/** In order and as many as wanted; nothing from beyond the id up to which all is known. */
function merge(ids: string[], reached: string | null, { order, limit }: Way): Found {
  const before = (a: string, b: string): boolean => (order === 'desc' ? a > b : a < b);
  const known = [...new Set(ids)].filter((id) => reached === null || !before(reached, id));
  known.sort((a, b) => (before(a, b) ? -1 : 1));
  return known.length > limit
    ? { ids: known.slice(0, limit), next: known[limit - 1] ?? null }
    : { ids: known, next: reached };
}
