import type { StatsOf, StatsWindow } from '#lib/stats/types';
import type { TaskFilter } from '../tasks/filter.ts';

/** Every query key of the product. A prefix names a family: `lists()` matches each list. */
export const keys = {
  lists: () => ['tasks', 'list'] as const,
  list: (filter: TaskFilter) => ['tasks', 'list', filter] as const,
  /** Rows that are shown though a list no longer loads them. */
  heldRows: (filter: TaskFilter) => ['tasks', 'held', filter] as const,
  facets: () => ['tasks', 'facets'] as const,
  facetsOf: (filter: TaskFilter) => ['tasks', 'facets', filter] as const,
  details: () => ['tasks', 'detail'] as const,
  detail: (id: string) => ['tasks', 'detail', id] as const,
  // Within the detail: whatever refetches the task refetches them.
  taskAudit: (id: string) => ['tasks', 'detail', id, 'audit'] as const,
  revisions: (id: string) => ['tasks', 'detail', id, 'revisions'] as const,
  graph: (id: string) => ['tasks', 'detail', id, 'graph'] as const,
  templates: (definition: string) => ['templates', definition] as const,
  recentPayloads: (definition: string) => ['recent-payloads', definition] as const,
  logs: (id: string) => ['tasks', 'logs', id] as const,
  definitions: () => ['definitions'] as const,
  definition: (name: string) => ['definitions', name] as const,
  overview: () => ['overview'] as const,
  /** Figures of definitions and queues. */
  stats: () => ['stats'] as const,
  statsOf: (window: StatsWindow, of: StatsOf) => ['stats', window, of] as const,
  queueRates: () => ['stats', 'queues'] as const,
  definitionRates: () => ['stats', 'definitions'] as const,
  overviewOf: (window: StatsWindow) => ['overview', window] as const,
  queues: () => ['queues'] as const,
  /** Workers and pools. */
  fleet: () => ['fleet'] as const,
  /** Everything that the page of dead letters shows. */
  deadLetters: () => ['dead-letters'] as const,
  deadLetterGroups: () => ['dead-letters', 'groups'] as const,
  deadLetterTasks: (fingerprint: string) => ['dead-letters', 'tasks', fingerprint] as const,
  operations: () => ['dead-letters', 'operations'] as const,
  /** One operation over many tasks, and those that this browser began from the list. */
  operation: (id: string) => ['operation', id] as const,
  operationsOfAny: () => ['operation'] as const,
  ownOperations: () => ['own-operations'] as const,
  views: () => ['views'] as const,
  suggestions: (text: string, at: number) => ['suggestions', text, at] as const,
  members: () => ['members'] as const,
  apiKeys: () => ['api-keys'] as const,
  audit: (query: string) => ['audit', query] as const,
  paletteTasks: (typed: string) => ['palette', 'tasks', typed] as const,
};
