import { db, type Queryable } from '#lib/db/index';
import type { SearchableTask } from './types.ts';

export type SearchableRow = SearchableTask & { version: number };

/** What a search reads of these tasks; those that are gone are left out. @param also a further condition: `and …` over `tasks`. */
export const readSearchable = (sql: Queryable, ids: string[], also = db()``): Promise<SearchableRow[]> => sql<
  SearchableRow[]
>`
  select id, version, definition, queue, state, tags, worker_id as "workerId", submitted_by as "submittedBy", payload, result, error,
    metadata, attempt, finished_at as "finishedAt", ${lastRunMs()} as "runMs"
  from tasks where id = any(${ids}::uuid[]) ${also}`;

/** Milliseconds of a task's last run; null when it has ended none. */
export const lastRunMs = () => db()`
  case when tasks.finished_at >= tasks.started_at
    then least(extract(epoch from tasks.finished_at - tasks.started_at) * 1000, 2147483647)::integer end`;
