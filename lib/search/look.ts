import type { PendingQuery, Row } from 'postgres';
import { db, type Queryable } from '#lib/db/index';
import { quoted } from './document.ts';
import { mark } from './marks.ts';
import { readShelves, type Shelf } from './shelves.ts';

type Look = {
  /** Tsqueries that must all hold. */
  queries: string[];
  /** A further condition over `tasks`. */
  also: PendingQuery<Row[]>;
  /** Greatest id first, or least first. */
  order: 'desc' | 'asc';
  /** Between these ids, both included. */
  from: string;
  to: string;
  /** Ids wanted at most. */
  limit: number;
  /** By `performance.now()`: no further shelf is looked into then. */
  until: number;
};

/** What was found, in order; `reached` is the last id up to which all is told, null when that is the end. */
type Seen = { ids: string[]; reached: string | null };

/**
 * One statement looks into one shelf at first, and then into as many as should take so long by the time of the one before: what is
 * common is on the first, what is rare costs little a shelf.
 */
const lookMs = 50;
const maxLook = 128;

/** Finds the tasks whose documents have what the query says, shelf by shelf from the end where the order begins. */
export async function lookThrough(sql: Queryable, look: Look): Promise<Seen> {
  const { order, limit, until } = look;
  const rest = shelvesBetween(await readShelves(sql), look);
  const ids: string[] = [];
  for (let many = 1; rest.length > 0;) {
    const shelves = rest.splice(0, many);
    const started = performance.now();
    ids.push(...(await lookInto(sql, look, shelves, limit - ids.length + 1)));
    many = Math.min(maxLook, Math.max(1, Math.floor((many * lookMs) / (performance.now() - started))));
    if (ids.length > limit) return { ids: ids.slice(0, limit), reached: ids[limit - 1] ?? null };
    const last = shelves.at(-1);
    if (rest.length > 0 && last && performance.now() > until) return { ids, reached: edge(last, rest[0], order) };
  }
  return { ids, reached: null };
}

function shelvesBetween(shelves: Shelf[], { order, from, to }: Look): Shelf[] {
  const between = shelves.filter(({ firstId }, index) => {
    const next = shelves[index + 1];
    return firstId <= to && (next === undefined || next.firstId > from);
  });
  return order === 'desc' ? between.toReversed() : between;
}

/**
 * The first matches of these shelves, in their order. The mark of the shelf is asked for too, so that the index gives a shelf's matches
 * and no more. Each query is a condition of its own: the index leaps from the matches of one to those of the next, where within
 * one tsquery it looks at every match of the rarest word. `offset 0` keeps each part as it is written: the matches by the index,
 * sorted, and their tasks one by one by id until there are enough.
 */
async function lookInto(sql: Queryable, look: Look, shelves: Shelf[], limit: number): Promise<string[]> {
  const part = db();
  const { queries, also, from, to, order } = look;
  const direction = order === 'desc' ? part`desc` : part`asc`;
  const marks = shelves.map(({ shelf }) => quoted(mark.shelf(shelf)));
  const rows = await sql<{ id: string }[]>`
    select found.id from unnest(${marks}::text[]) as shelf (mark)
    cross join lateral (
      select matched.task_id as id from (
        select task_id from (
          select task_id from search_documents
          where words @@ shelf.mark::tsquery ${queries.map((query) => part`and words @@ ${query}::text::tsquery`)} offset 0
        ) unsorted where task_id between ${from} and ${to} order by task_id ${direction} offset 0
      ) matched
      cross join lateral (select from tasks where id = matched.task_id and ${also} offset 0) task
      limit ${limit}
    ) found
    limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** The id up to which all is told when the last shelf that was looked into is `last`. */
const edge = (last: Shelf, next: Shelf | undefined, order: Look['order']): string =>
  order === 'desc' ? last.firstId : idBefore(next?.firstId ?? last.firstId);

/** The id that comes just before. */
function idBefore(id: string): string {
  const digits = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
