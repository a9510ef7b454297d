import { TaskdeckError } from '#lib/errors';
import { type Attribute, parseSearch, type SearchTerm } from '#lib/search/index';
import type { TaskFilter } from './filter.ts';

/** One of these values, or, negated, none of them. */
export type Choice = { kind: Attribute; values: string[]; negated: boolean };

/** A filter with its search read: all of it must hold. */
export type Narrowing = {
  filter: TaskFilter;
  /** What filter and search say of states, definitions, queues, workers and tags. */
  choices: Choice[];
  text: Extract<SearchTerm, { kind: 'text' }>[];
  ids: Extract<SearchTerm, { kind: 'id' }>[];
};

/** @throws TaskdeckError `invalid` at `/q`, saying where the search is wrong and what to write instead. */
export function narrow(filter: TaskFilter): Narrowing {
  const terms = searchOf(filter);
  const of = <Kind extends SearchTerm['kind']>(kind: Kind) =>
    terms.filter((term): term is Extract<SearchTerm, { kind: Kind }> => term.kind === kind);
  const said = terms.flatMap((term) => (term.kind === 'text' || term.kind === 'id' ? [] : [term]));
  return { filter, choices: [...chosen(filter), ...said], text: of('text'), ids: of('id') };
}

function searchOf({ q }: TaskFilter): SearchTerm[] {
  const parsed = parseSearch(q ?? '');
  if (parsed.ok) return parsed.terms;
  throw new TaskdeckError('invalid', 'The search is not right.', {
    fields: [{ pointer: '/q', message: `at character ${parsed.at + 1}: ${parsed.message}` }],
  });
}

function chosen(filter: TaskFilter): Choice[] {
  const { states, definitions, definition, queues, queue, tags, tag, workerId } = filter;
  const choice = (kind: Attribute, values: readonly string[] | undefined): Choice[] =>
    values?.length ? [{ kind, values: [...new Set(values)], negated: false }] : [];
  const one = (value: string | undefined) => (value ? [value] : []);
  return [
    ...choice('state', states),
    ...choice('definition', definitions),
    ...choice('definition', one(definition)),
    ...choice('queue', queues),
    ...choice('queue', one(queue)),
    ...[...(tags ?? []), ...one(tag)].flatMap((each) => choice('tag', [each])),
    ...choice('worker', one(workerId)),
  ];
}
