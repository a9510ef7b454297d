import { db } from '#lib/db/index';
import { attributes, type Attribute, type Count, type Facets, type FacetValue } from '#lib/search/types';
import { readCountsBy } from '#lib/stats/index';
import type { TaskFilter } from './filter.ts';
import { findMatching } from './find.ts';
import { narrow, type Narrowing } from './narrow.ts';

/** Where nothing counts along, so many tasks are looked at, the newest, for about so long. */
const sampleSize = 1_000;
const patienceMs = 60;
/** Values of a dimension that are told. */
const mostValues = 50;

const counted = ['state', 'definition', 'queue'] as const;
type Counted = (typeof counted)[number];

/**
 * How many tasks fit, and how many would for each value of each dimension: the filter's own choice in it is left out, so that
 * the others can be seen. Exact where only states, definitions and queues narrow; else of the newest thousand.
 *
 * @throws TaskdeckError `invalid` at `/q`.
 */
export async function readFacets(filter: TaskFilter): Promise<Facets> {
  const narrowing = narrow(filter);
  const samples = new Map<string, Promise<Sample>>();
  // Dimensions in which the filter says nothing share one sample.
  const sampleFor = (kind: Attribute | null): Promise<Sample> => {
    const key = narrowing.choices.some((choice) => choice.kind === kind) ? `${kind}` : '';
    const known = samples.get(key) ?? readSample(key === '' ? narrowing : without(narrowing, kind));
    samples.set(key, known);
    return known;
  };
  const total = countExactly(narrowing) ?? sampleFor(null).then(({ rows, more }) => ({ count: rows.length, more }));
  const facets = attributes.map(async (kind): Promise<[Attribute, FacetValue[]]> => {
    const exact = isCounted(kind) ? countBy(kind, without(narrowing, kind)) : undefined;
    return [kind, (await exact) ?? valuesIn(await sampleFor(kind), kind)];
  });
  return { total: await total, facets: Object.fromEntries(await Promise.all(facets)) as Facets['facets'] };
}

const isCounted = (kind: Attribute): kind is Counted => counted.some((each) => each === kind);

const without = (narrowing: Narrowing, kind: Attribute | null): Narrowing => ({
  ...narrowing,
  choices: narrowing.choices.filter((choice) => choice.kind !== kind),
});

/** What the statistics are asked for; undefined when the filter says more than they know. */
function asCounts({ filter, choices, text, ids }: Narrowing) {
  const {
    states: _s,
    definitions: _d,
    definition: _e,
    queues: _f,
    queue: _g,
    tags: _h,
    tag: _i,
    workerId: _j,
    q: _q,
    ...other
  } = filter;
  if (text.length > 0 || ids.length > 0 || Object.values(other).some((each) => each !== undefined)) return undefined;
  const of: Partial<Record<`${Counted}s`, string[]>> = {};
  for (const { kind, values, negated } of choices) {
    // Two choices in one dimension must both hold.
    if (negated || !isCounted(kind) || of[`${kind}s`]) return undefined;
    of[`${kind}s`] = values;
  }
  return of;
}

function countBy(kind: Counted, narrowing: Narrowing): Promise<FacetValue[]> | undefined {
  const of = asCounts(narrowing);
  return (
    of &&
    readCountsBy(kind, of as Parameters<typeof readCountsBy>[1]).then((rows) =>
      rows.slice(0, mostValues).map((row) => ({ ...row, more: false })),
    )
  );
}

function countExactly(narrowing: Narrowing): Promise<Count> | undefined {
  const of = asCounts(narrowing);
  return (
    of &&
    readCountsBy('state', of as Parameters<typeof readCountsBy>[1]).then((rows) => ({
      count: rows.reduce((sum, { count }) => sum + count, 0),
      more: false,
    }))
  );
}

type SampleRow = { state: string; definition: string; queue: string; worker: string | null; tags: string[] };
type Sample = { rows: SampleRow[]; more: boolean };

async function readSample(narrowing: Narrowing): Promise<Sample> {
  const { ids, next } = await findMatching(narrowing, { order: 'desc', limit: sampleSize }, patienceMs);
  const rows = await db()<SampleRow[]>`
    select state, definition, queue, worker_id as worker, tags from tasks where id = any(${ids}::uuid[])`;
  return { rows, more: next !== null };
}

/** The most frequent first. */
function valuesIn({ rows, more }: Sample, kind: Attribute): FacetValue[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const value of kind === 'tag' ? row.tags : [row[kind]])
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count, more }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, mostValues);
}
