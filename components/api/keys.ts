import type { TaskFilter } from '../tasks/filter.ts';

/** Every query key of the product. A prefix names a family: `lists()` matches each list. */
export const keys = {
  lists: () => ['tasks', 'list'] as const,
  list: (filter: TaskFilter) => ['tasks', 'list', filter] as const,
  counts: () => ['tasks', 'counts'] as const,
  details: () => ['tasks', 'detail'] as const,
  detail: (id: string) => ['tasks', 'detail', id] as const,
  logs: (id: string) => ['tasks', 'logs', id] as const,
  definitions: () => ['definitions'] as const,
  overview: () => ['overview'] as const,
};
