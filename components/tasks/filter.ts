import { taskStates, type TaskState } from '#lib/tasks/state';
import type { TaskSummary } from '#lib/tasks/types';

/** What the list shows; the URL holds it. */
export type TaskFilter = { state: TaskState | null; definition: string | null; queue: string | null };

type Query = { get(name: string): string | null };

const isState = (value: string | null): value is TaskState => taskStates.some((state) => state === value);

/** Reads the filter from the URL; what it does not know it leaves out. */
export function parseFilter(query: Query): TaskFilter {
  const state = query.get('state');
  return {
    state: isState(state) ? state : null,
    definition: query.get('definition') || null,
    queue: query.get('queue') || null,
  };
}

/** The address of the list with this filter. */
export function filterHref(filter: Partial<TaskFilter>): string {
  const query = new URLSearchParams();
  if (filter.state) query.set('state', filter.state);
  if (filter.definition) query.set('definition', filter.definition);
  if (filter.queue) query.set('queue', filter.queue);
  return query.size > 0 ? `/tasks?${query}` : '/tasks';
}

/** True when the list with this filter contains the task. */
export const matchesFilter = (task: TaskSummary, filter: TaskFilter): boolean =>
  (filter.state === null || task.state === filter.state) &&
  (filter.definition === null || task.definition === filter.definition) &&
  (filter.queue === null || task.queue === filter.queue);
