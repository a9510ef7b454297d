import { db, type Queryable } from '#lib/db/index';
import { documentOf, toVector } from './document.ts';
import { mark } from './marks.ts';
import { makeRoom, type Shelf, shelfOf } from './shelves.ts';
import { readSearchable, type SearchableRow } from './searchable.ts';

/** Any number: one process at a time writes documents, so that they never take more than its share of the database. */
const lockKey = 7_308_008;

/** Tasks of a step. Payloads are read in parts of it: one may have 256 KB, and its result too. */
const perStep = 500;
const perRead = 50;

/**
 * Writes the documents of the tasks that changed first, or, when none has, of tasks that were there before their changes
 * were noted. Any number of processes may call it; one at a time does it.
 *
 * @returns how many tasks it took; 0 when there is nothing to do, or another process does it.
 */
export function indexChanged(): Promise<number> {
  return db().begin(async (tx) => {
    const [lock] = await tx<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${lockKey}) as taken`;
    if (!lock?.taken) return 0;
    const changed = await takeQueued(tx);
    const ids = changed.length > 0 ? changed : await takeBackfill(tx);
    const sorted = [...new Set(ids)].sort();
    if (sorted.length > 0) await writeDocuments(tx, sorted);
    // What waits in the index's list is read by every search; together, entries are sorted in at a fifth of the cost.
    await tx`select gin_clean_pending_list('search_documents_words')`;
    return ids.length;
  });
}

/** The ids that have waited longest. A row has those of one statement: of a large one a part is taken. */
async function takeQueued(tx: Queryable): Promise<string[]> {
  const rows = await tx<{ seq: number; ids: string[]; left: number }[]>`
    select q.seq, q.ids[:wanted.most] as ids, greatest(0, q.n - wanted.most) as left
    from (
      select seq, ${perStep} - (sum(n) over (order by seq) - n)::integer as most
      from (select seq, n from search_queue order by seq limit ${perStep}) first
    ) wanted join search_queue q on q.seq = wanted.seq where wanted.most > 0 order by q.seq`;
  const whole = rows.filter(({ left }) => left === 0).map(({ seq }) => seq);
  await tx`delete from search_queue where seq = any(${whole}::bigint[])`;
  for (const { seq, ids, left } of rows)
    if (left > 0)
      await tx`update search_queue set ids = ids[${ids.length + 1}::integer:], n = ${left} where seq = ${seq}`;
  return rows.flatMap(({ ids }) => ids);
}

/** Newest first: what is looked for most is found soonest. */
async function takeBackfill(tx: Queryable): Promise<string[]> {
  const [row] = await tx<{ below: string | null }[]>`select below from search_indexer`;
  if (!row?.below) return [];
  const older = await tx<{ id: string }[]>`
    select id from tasks where id < ${row.below} order by id desc limit ${perStep}`;
  await tx`update search_indexer set below = ${older.length < perStep ? null : (older.at(-1)?.id ?? null)}`;
  return older.map(({ id }) => id);
}

async function writeDocuments(tx: Queryable, ids: string[]): Promise<void> {
  const shelves = await makeRoom(tx, ids);
  const gone = new Set(ids);
  for (let from = 0; from < ids.length; from += perRead) {
    const tasks = await readSearchable(tx, ids.slice(from, from + perRead));
    for (const { id } of tasks) gone.delete(id);
    const vectors = tasks.map((task) => toVector(documentOf(task), [mark.shelf(shelfOf(shelves, task.id).shelf)]));
    const written = await upsert(tx, tasks, vectors);
    await count(tx, written, shelves, 1);
  }
  const removed = await tx<{ id: string }[]>`
    delete from search_documents where task_id = any(${[...gone]}::uuid[]) returning task_id as id`;
  await count(tx, removed, shelves, -1);
}

/** @returns those that had no document before. */
async function upsert(tx: Queryable, tasks: SearchableRow[], vectors: string[]): Promise<{ id: string }[]> {
  if (tasks.length === 0) return [];
  const rows = await tx<{ id: string; fresh: boolean }[]>`
    insert into search_documents as d (task_id, version, words, finished_at, run_ms)
    select id, version, words::tsvector, finished_at, run_ms
    from unnest(${tasks.map(({ id }) => id)}::uuid[], ${tasks.map(({ version }) => version)}::integer[], ${vectors}::text[],
      ${tasks.map(({ finishedAt }) => finishedAt?.toISOString() ?? null)}::timestamptz[], ${tasks.map(({ runMs }) => runMs)}::integer[])
      as t (id, version, words, finished_at, run_ms)
    on conflict (task_id) do update set version = excluded.version, words = excluded.words,
      finished_at = excluded.finished_at, run_ms = excluded.run_ms
    where d.version <= excluded.version
    returning task_id as id, (xmax = 0) as fresh`;
  return rows.filter(({ fresh }) => fresh);
}

/** Keeps the number of documents on each shelf. */
async function count(tx: Queryable, tasks: { id: string }[], shelves: Shelf[], sign: 1 | -1): Promise<void> {
  if (tasks.length === 0) return;
  const on = tasks.map(({ id }) => shelfOf(shelves, id).shelf);
  await tx`
    update search_shelves s set documents = documents + ${sign}::integer * c.n
    from (select shelf, count(*)::integer as n from unnest(${on}::integer[]) as u (shelf) group by shelf) c where c.shelf = s.shelf`;
}
