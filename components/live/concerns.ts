import type { Query, QueryClient } from '@tanstack/react-query';
import { keys } from '../api/keys.ts';
import type { TaskView } from '../api/types.ts';
import { type TaskFilter, valuesOf } from '../tasks/filter.ts';

const rows = new Set<unknown>([keys.lists()[1], keys.heldRows({})[1]]);
const filtered = new Set<unknown>([...rows, keys.facets()[1]]);
const ofOneTask = new Set<unknown>([keys.details()[1], keys.logs('')[1]]);

/** The filter of what a query asks for: rows or counts; undefined for any other query. */
export const filterOf = ({ queryKey }: Query): TaskFilter | undefined =>
  filtered.has(queryKey[1]) ? (queryKey[2] as TaskFilter) : undefined;

/**
 * False when changes of tasks of these definitions alone cannot change what the query shows. Counts are shown of other definitions
 * too, and the graph of a task shows others.
 */
export function concerns(queryClient: QueryClient, query: Query, definitions: ReadonlySet<string>): boolean {
  const [, kind, subject, part] = query.queryKey;
  if (rows.has(kind)) {
    const shown = valuesOf(filterOf(query) ?? {}, 'definition');
    return shown.length === 0 || shown.some((definition) => definitions.has(definition));
  }
  if (!ofOneTask.has(kind) || part === keys.graph('')[3]) return true;
  const task = queryClient.getQueryData<TaskView>(keys.detail(String(subject)));
  return !task || definitions.has(task.definition);
}
