import type { TaskFilter } from '../tasks/filter.ts';

/** Every query key of the product. A prefix names a family: `lists()` matches each list. */
export const keys = {
  lists: () => ['tasks', 'list'] as const,
  list: (filter: TaskFilter) => ['tasks', 'list', filter] as const,
  counts: () => ['tasks', 'counts'] as const,
  details: () => ['tasks', 'detail'] as const,
  detail: (id: string) => ['tasks', 'detail', id] as const,
  // Within the detail: whatever refetches the task refetches them.
  taskAudit: (id: string) => ['tasks', 'detail', id, 'audit'] as const,
  revisions: (id: string) => ['tasks', 'detail', id, 'revisions'] as const,
  logs: (id: string) => ['tasks', 'logs', id] as const,
  definitions: () => ['definitions'] as const,
  definition: (name: string) => ['definitions', name] as const,
  overview: () => ['overview'] as const,
  queues: () => ['queues'] as const,
  /** Workers and pools. */
  fleet: () => ['fleet'] as const,
  /** Everything that the page of dead letters shows. */
  deadLetters: () => ['dead-letters'] as const,
  deadLetterGroups: () => ['dead-letters', 'groups'] as const,
  deadLetterTasks: (fingerprint: string) => ['dead-letters', 'tasks', fingerprint] as const,
  operations: () => ['dead-letters', 'operations'] as const,
};
