import { taskStates, type TaskState } from '#lib/tasks/state';
import type { TaskSummary } from '#lib/tasks/types';

/** What narrows and orders a list, by the names that the address and the API share, in the order in which they are written. */
export const filterNames = [
  'q',
  'state',
  'definition',
  'queue',
  'tag',
  'worker',
  'createdAfter',
  'createdBefore',
  'finishedAfter',
  'finishedBefore',
  'runMin',
  'runMax',
  'attemptsMin',
  'attemptsMax',
  'fingerprint',
  'metadata',
  'submittedBy',
  'parentId',
  'correlationId',
  'dismissed',
  'includeArchived',
  'ids',
  'sort',
] as const;

export type FilterName = (typeof filterNames)[number];

/** What the list shows, as text, as the address holds it; several values have commas between. */
export type TaskFilter = { readonly [Name in FilterName]?: string | null };

/** Newest first. */
export const defaultSort = '-created';

type Query = { get(name: string): string | null };

const isState = (value: string): value is TaskState => taskStates.some((state) => state === value);

/** Reads the filter from the URL; what it does not know it leaves out. */
export function parseFilter(query: Query): TaskFilter {
  const filter: Partial<Record<FilterName, string>> = {};
  for (const name of filterNames) {
    const value = query.get(name)?.trim();
    const known = name === 'state' ? value?.split(',').filter(isState).join(',') : value;
    if (known && !(name === 'sort' && known === defaultSort)) filter[name] = known;
  }
  return filter;
}

/** The filter as a query string's parameters. */
export function filterQuery(filter: TaskFilter): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of filterNames) {
    const value = filter[name];
    if (value) query.set(name, value);
  }
  return query;
}

/** The address of the list with this filter. */
export function filterHref(filter: TaskFilter): string {
  const query = filterQuery(filter);
  return query.size > 0 ? `/tasks?${readable(query)}` : '/tasks';
}

/** A comma may stand in an address as it is. */
const readable = (query: URLSearchParams): string => query.toString().replaceAll('%2C', ',');

/** The values of a part of the filter that may have several. */
export const valuesOf = (filter: TaskFilter, name: FilterName): string[] => filter[name]?.split(',') ?? [];

/** The filter with one value put in, or taken out when it was in. */
export function toggleValue(filter: TaskFilter, name: FilterName, value: string): TaskFilter {
  const values = valuesOf(filter, name);
  const next = values.includes(value) ? values.filter((known) => known !== value) : [...values, value];
  return withParts(filter, { [name]: next.join(',') });
}

/** The filter with some parts changed; an empty one is left out. */
export const withParts = (filter: TaskFilter, parts: TaskFilter): TaskFilter => {
  const next = { ...filter, ...parts };
  return parseFilter({ get: (name) => next[name as FilterName] ?? null });
};

/** True when anything narrows the list; its order does not. */
export const isNarrowed = (filter: TaskFilter): boolean =>
  filterNames.some((name) => name !== 'sort' && Boolean(filter[name]));

/** What a row itself tells about its match. */
const judged = new Set<FilterName>(['state', 'definition', 'queue', 'createdAfter', 'createdBefore']);

/** True when a row alone tells whether and where it stands in the list; else only the server knows. */
export const canJudge = (filter: TaskFilter): boolean =>
  filterNames.every((name) => judged.has(name) || !filter[name] || (name === 'sort' && filter.sort === defaultSort));

/** True when the list with this filter contains the task, as far as a row can tell: see `canJudge`. */
export const matchesFilter = (task: TaskSummary, filter: TaskFilter): boolean =>
  oneOf(filter, 'state', task.state) &&
  oneOf(filter, 'definition', task.definition) &&
  oneOf(filter, 'queue', task.queue) &&
  (!filter.createdAfter || Date.parse(task.createdAt) >= Date.parse(filter.createdAfter)) &&
  (!filter.createdBefore || Date.parse(task.createdAt) < Date.parse(filter.createdBefore));

const oneOf = (filter: TaskFilter, name: FilterName, value: string): boolean =>
  !filter[name] || valuesOf(filter, name).includes(value);
