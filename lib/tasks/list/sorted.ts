import { db } from '#lib/db/index';
import { lastRunMs, type ListSort, readMatching, readUnwritten } from '#lib/search/index';
import { idRange, matching } from './conditions.ts';
import type { TaskFilter } from './filter.ts';
import { findMatching, type Matches, mostRead } from './find.ts';
import { documentQueries } from '../marks.ts';
import { narrow, type Narrowing } from './narrow.ts';

type Sort = Exclude<ListSort, 'created' | '-created'>;
type Request = { sort: Sort; cursor: string | undefined; limit: number };

/** Documents that one statement looks at: few at first, as most pages are full soon. */
const firstStretch = 250;
const lastStretch = 8_000;

/** Matches that are put in order themselves, and how long it may take to find that they are so few. */
const few = 1_000;
const fewMs = 150;

/** A place in the order: its value, milliseconds since 1970 or of a run, and its id. */
type Place = { value: number; id: string };

/**
 * Finds tasks by when they ended, or by how long their last run took, for about `patienceMs`. Tasks that have ended no run
 * are left out. `next` is a place in this order.
 *
 * @throws TaskdeckError `invalid` at `/q`.
 */
export async function sortedTasks(filter: TaskFilter, request: Request, patienceMs: number): Promise<Matches> {
  const narrowing = narrow(filter);
  const until = performance.now() + patienceMs;
  const isTold = documentQueries(narrowing).length > 0;
  const all = isTold ? await findMatching(narrowing, { order: 'desc', limit: few }, fewMs) : undefined;
  if (all?.next === null) {
    const page = pageOf(await placesOf(request.sort, all.ids), request, undefined);
    return { ...page, ...(all.indexing && { indexing: all.indexing }) };
  }
  return walkOn(narrowing, request, until);
}

/** Along the order. Tasks whose documents are yet to be written are looked at themselves, and put where they belong. */
async function walkOn(narrowing: Narrowing, request: Request, until: number): Promise<Matches> {
  const { sort, cursor, limit } = request;
  const { ids: unwritten, more: indexing } = await readUnwritten(
    db(),
    narrowing.text.length > 0 ? mostRead.texts : mostRead.tasks,
  );
  const itself = await placesOf(sort, await matchingAmong(narrowing, unwritten));
  const skipped = new Set(unwritten);
  const places: Place[] = [];
  let from = placeAt(cursor);
  for (let stretch = firstStretch; places.length <= limit;) {
    const wanted = limit - places.length + 1;
    const walked = await walkSorted(narrowing, { sort, from, limit: wanted, stretch });
    stretch = nextStretch(stretch, walked.places.length, wanted);
    places.push(...walked.places.filter(({ id }) => !skipped.has(id)));
    from = walked.reached;
    if (!from || performance.now() > until) break;
  }
  return { ...pageOf([...places, ...itself], request, from), ...(indexing > 0 && { indexing }) };
}

/** As many as should be enough when matches go on to be as rare, and some more. */
function nextStretch(stretch: number, found: number, wanted: number): number {
  const enough = found === 0 ? Infinity : Math.ceil((stretch / found) * (wanted - found) * 1.25);
  return Math.min(Math.max(enough, firstStretch), stretch * 4, lastStretch);
}

/** The page that begins at the cursor. @param reached up to where all places are known; undefined: all are. */
function pageOf(places: Place[], { sort, cursor, limit }: Request, reached: Place | undefined): Matches {
  const sign = sort.startsWith('-') ? -1 : 1;
  const compare = (a: Place, b: Place): number =>
    sign * (a.value - b.value || (a.id < b.id ? -1 : Number(a.id > b.id)));
  const start = placeAt(cursor);
  const known = places.filter(
    (place) => (!start || compare(start, place) < 0) && (!reached || compare(place, reached) <= 0),
  );
  const page = known.sort(compare).slice(0, limit);
  const next = known.length > limit ? page.at(-1) : reached;
  return { ids: page.map(({ id }) => id), next: next ? `${next.value}_${next.id}` : null };
}

/** The cursor of another order has no place in this one. */
function placeAt(cursor: string | undefined): Place | undefined {
  const [value, id] = cursor?.split('_') ?? [];
  return value === undefined || id === undefined ? undefined : { value: Number(value), id };
}

type Walk = { sort: Sort; from: Place | undefined; limit: number; stretch: number };

/** The next matches, and the place that was reached; undefined when there are no more. */
async function walkSorted(narrowing: Narrowing, { sort, from, limit, stretch }: Walk) {
  const sql = db();
  const range = idRange(narrowing);
  const queries = documentQueries(narrowing);
  const byEnd = sort.endsWith('finished');
  const column = byEnd ? sql`finished_at` : sql`run_ms`;
  const start = byEnd ? sql`to_timestamp(${from?.value ?? 0} / 1000.0)` : sql`${from?.value ?? 0}`;
  const [direction, beyond] = sort.startsWith('-') ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const rows = await sql<(Place & { matches: boolean | null; place: number })[]>`
    select id, value, matches, place from (
      select d.id, d.value, d.place,
        ${queries.length === 0 ? sql`true` : sql`d.words @@ ${queries.join(' & ')}::text::tsquery`} and task.matches as matches
      from (
        select task_id as id, ${valueOf(sort)} as value, words,
          row_number() over (order by ${column} ${direction}, task_id ${direction}) as place
        from search_documents where ${column} is not null
          ${from ? sql`and (${column}, task_id) ${beyond} (${start}, ${from.id}::uuid)` : sql``}
        order by ${column} ${direction}, task_id ${direction} limit ${stretch}
      ) d
      left join lateral (
        select ${matching(narrowing)} and id between ${range.from} and ${range.to} as matches
        from tasks where tasks.id = d.id offset 0
      ) task on true
    ) walked
    where matches or place = ${stretch} order by place limit ${limit}`;
  const last = rows.at(-1);
  const more = rows.length === limit || last?.place === stretch;
  return {
    places: rows.flatMap(({ id, value, matches }) => (matches ? [{ id, value }] : [])),
    reached: more && last ? { id: last.id, value: last.value } : undefined,
  };
}

function matchingAmong(narrowing: Narrowing, ids: string[]): Promise<string[]> {
  const { from, to } = idRange(narrowing);
  return readMatching(db(), ids, narrowing.text, db()`and id between ${from} and ${to} and ${matching(narrowing)}`);
}

/** Where these tasks stand. */
async function placesOf(sort: Sort, ids: string[]): Promise<Place[]> {
  if (ids.length === 0) return [];
  const run = sort.endsWith('finished') ? valueOf(sort) : lastRunMs();
  return db()<Place[]>`
    select id, value from (select id, ${run} as value from tasks where id = any(${ids}::uuid[])) placed
    where value is not null`;
}

/** As precise as a document has it. */
const valueOf = (sort: Sort) =>
  sort.endsWith('finished')
    ? db()`(extract(epoch from date_trunc('milliseconds', finished_at)) * 1000)::bigint`
    : db()`run_ms`;
