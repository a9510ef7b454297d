import { db, type Queryable } from '#lib/db/index';
import { documentHas, documentOf, type TextTerm } from './document.ts';
import { readSearchable } from './searchable.ts';

/** Those whose documents are to be written: the ids of the newest, and how many there are beyond them. */
export type Unwritten = { ids: string[]; more: number };

/** What the indexer has yet to do. @param most ids wanted at most. */
export async function readUnwritten(sql: Queryable, most: number): Promise<Unwritten> {
  const [row] = await sql<{ ids: string[] | null; total: number; read: number }[]>`
    with newest as (
      select ids, n from (
        select ids, n, sum(n) over (order by seq desc) - n as before
        from (select seq, ids, n from search_queue order by seq desc limit ${most}) q
      ) q where before + n <= ${most}
    )
    select (select array_agg(distinct id) from newest, unnest(ids) as id) as ids,
      (select coalesce(sum(n), 0) from newest)::integer as read,
      (select coalesce(sum(n), 0) from search_queue)::integer
        + coalesce((select case when below is null then 0 else greatest(0, (
            select reltuples::bigint from pg_class where oid = 'tasks'::regclass) - (
            select sum(documents) from search_shelves)) end from search_indexer), 0)::integer as total`;
  return { ids: row?.ids ?? [], more: (row?.total ?? 0) - (row?.read ?? 0) };
}

/** Those of the tasks that have this text, read as they are now. @param also a further condition: `and …` over `tasks`. */
export async function readMatching(sql: Queryable, ids: string[], terms: TextTerm[], also = db()``): Promise<string[]> {
  if (ids.length === 0) return [];
  if (terms.length === 0) {
    const rows = await sql<{ id: string }[]>`select id from tasks where id = any(${ids}::uuid[]) ${also}`;
    return rows.map(({ id }) => id);
  }
  const tasks = await readSearchable(sql, ids, also);
  return tasks.flatMap((task) => {
    const document = documentOf(task);
    return terms.every((term) => documentHas(document, term) !== term.negated) ? [task.id] : [];
  });
}
