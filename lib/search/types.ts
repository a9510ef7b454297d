import type { TaskState } from '#lib/tasks/state';

/** In which order a list may come; a leading minus: the greatest first. */
export const listSorts = ['-created', 'created', '-finished', 'finished', '-duration', 'duration'] as const;
export type ListSort = (typeof listSorts)[number];

/** What a term may say of a task as such. */
export const attributes = ['state', 'definition', 'queue', 'worker', 'tag'] as const;
export type Attribute = (typeof attributes)[number];

/** Where text is looked for: behind the first three a path may follow, as in `payload.user.id`. */
export const textFields = ['payload', 'result', 'metadata', 'error'] as const;
export type TextField = (typeof textFields)[number];

/** One thing that a search asks for. */
export type SearchTerm = (
  | {
      kind: 'text';
      /** Where; null for anywhere. */
      field: TextField | null;
      /** The keys from the field to the value, lower case, joined by dots; '' for the whole field. */
      path: string;
      /** Words that stand in this order and next to each other. */
      words: string[];
      /** Of the last word this is only the beginning. */
      prefix?: true;
    }
  /** A UUID's beginning, or its last eight digits as the pages show them. */
  | { kind: 'id'; digits: string }
  /** One of the values. */
  | { kind: Attribute; values: string[] }
) & {
  negated: boolean;
  /** Where it stands in the query. */
  at: number;
  length: number;
};

/** A search as it was understood, or what is wrong with it and where. */
export type ParsedSearch =
  | { ok: true; terms: SearchTerm[] }
  | { ok: false; message: string; at: number; length: number };

/** How many tasks; with `more` at least so many. */
export type Count = { count: number; more: boolean };

export type FacetValue = Count & { value: string };

/** How many tasks a filter leaves, and how many there would be for each value of each dimension. */
export type Facets = { total: Count; facets: Record<Attribute, FacetValue[]> };

/** What may stand in the place of `from` to `to` of a query that is being written. */
export type Suggestions = {
  from: number;
  to: number;
  suggestions: { text: string; detail: string }[];
};

/** What the words of a task are made of. */
export type SearchableTask = {
  id: string;
  definition: string;
  queue: string;
  state: TaskState;
  tags: string[];
  workerId: string | null;
  submittedBy: string;
  payload: unknown;
  result: unknown;
  error: unknown;
  metadata: unknown;
  attempt: number;
  finishedAt: Date | null;
  /** Milliseconds of the last run; null when there was none. */
  runMs: number | null;
};
