import { countMatching, listTasks, readFacets } from '#lib/tasks/index';
import { percentile } from '../statistics.ts';

type Query = Parameters<typeof listTasks>[0];
type Case = {
  title: string;
  kind: 'list' | 'filter' | 'search' | 'sort' | 'facets' | 'count';
  run: (n: number) => Promise<unknown>;
};

/** Milliseconds; `found`: rows of the last answer. */
export type QueryFigure = Omit<Case, 'run'> & { p50: number; p95: number; found: number };

const list = (kind: Case['kind'], title: string, query: (n: number) => NonNullable<Query>): Case => ({
  kind,
  title,
  run: (n) => listTasks(query(n)),
});

const hourMs = 3_600_000;
const hoursAgo = (hours: number): string => new Date(Date.now() - hours * hourMs).toISOString();

/** What the pages ask of a history as `seedHistory` makes it; `n` is another number each time. */
export const cases: Case[] = [
  list('list', 'the newest', () => ({})),
  list('list', 'a page in the middle', (n) => ({ createdBefore: hoursAgo(n % 700) })),
  list('filter', 'completed', () => ({ states: ['completed'] })),
  list('filter', 'failed', () => ({ states: ['failed', 'abandoned'] })),
  list('filter', 'cancelled (0.5 %)', () => ({ states: ['cancelled'] })),
  list('filter', 'running (none)', () => ({ states: ['running'] })),
  list('filter', 'paused (none)', () => ({ states: ['paused'] })),
  list('filter', 'two definitions, failed', () => ({ definitions: ['sendMessage', 'importCsv'], states: ['failed'] })),
  list('filter', 'a definition that has none', () => ({ definition: 'nothing' })),
  list('filter', 'a queue', () => ({ queues: ['imports'] })),
  list('filter', 'a common tag', () => ({ tag: 'vip' })),
  list('filter', 'rare tags', () => ({ tags: ['batch', 'night'] })),
  list('filter', 'a worker that is gone', () => ({ workerId: 'host-1-4' })),
  list('filter', 'an hour of the past', (n) => ({
    finishedAfter: hoursAgo((n % 700) + 1),
    finishedBefore: hoursAgo(n % 700),
  })),
  list('filter', 'longer than 50 s', () => ({ runMsMin: 50_000 })),
  list('filter', 'three attempts or more', () => ({ attemptsMin: 3 })),
  list('filter', 'metadata', (n) => ({ metadata: { tenant: `tenant-${(n % 50) * 4}` } })),
  list('filter', 'correlation', (n) => ({ correlationId: `request-${n * 7}` })),
  list('search', 'a common word', () => ({ q: 'number' })),
  list('search', 'a word of 4 %', () => ({ q: 'invoice' })),
  list('search', 'the beginning of a common word', () => ({ q: 'numb*' })),
  list('search', 'the beginning of a rare word', () => ({ q: 'unico*' })),
  list('search', 'two common words', () => ({ q: 'invoice parcel' })),
  list('search', 'a rare word', () => ({ q: 'unicorn' })),
  list('search', 'a number that one task has', (n) => ({ q: String(n * 997 + 1) })),
  list('search', 'payload.user.id', (n) => ({ q: `payload.user.id:${n * 31}` })),
  list('search', 'payload.order.items.sku', (n) => ({ q: `payload.order.items.sku:sku-${n * 13}` })),
  list('search', 'a phrase', (n) => ({ q: `"number ${n * 991 + 1}"` })),
  list('search', 'error and definition', () => ({ q: 'error:ETIMEDOUT definition:importCsv' })),
  list('search', 'a negation', () => ({ q: 'invoice -parcel -state:completed' })),
  list('search', 'what is nowhere', (n) => ({ q: `nowhere${n}` })),
  list('search', 'an id as the list shows it', (n) => ({ q: (n * 7_654_321).toString(16).padStart(8, '0') })),
  list('sort', 'ended last', () => ({ sort: '-finished' })),
  list('sort', 'ran longest', () => ({ sort: '-duration' })),
  list('sort', 'ran longest, failed', () => ({ sort: '-duration', states: ['failed'] })),
  list('sort', 'ran longest, a rare word', () => ({ sort: '-duration', q: 'unicorn' })),
  { kind: 'facets', title: 'of all', run: () => readFacets({}) },
  { kind: 'facets', title: 'failed', run: () => readFacets({ states: ['failed'] }) },
  { kind: 'facets', title: 'a common word', run: () => readFacets({ q: 'invoice' }) },
  { kind: 'facets', title: 'a rare tag, failed', run: () => readFacets({ tags: ['batch'], states: ['failed'] }) },
  { kind: 'count', title: 'a preview, as far as 10,000', run: () => countMatching({ q: 'invoice' }, 10_000) },
];

const warmUps = 5;

/** Each case one call at a time, all cases once a round: the time of the call, with all its statements. */
export async function measureQueries(rounds: number, say: (text: string) => void): Promise<QueryFigure[]> {
  const times = new Map(cases.map((each) => [each, [] as number[]]));
  const found = new Map<Case, number>();
  for (let round = -warmUps; round < rounds; round += 1) {
    if (round % 10 === 0) say(`  round ${round} of ${rounds}`);
    for (const each of cases) {
      const started = performance.now();
      const answer = await each.run(round + warmUps + 1);
      if (round >= 0) times.get(each)?.push(performance.now() - started);
      found.set(each, rowsOf(answer));
    }
  }
  return cases.map((each) => {
    const own = times.get(each) ?? [];
    const { kind, title } = each;
    return { kind, title, p50: percentile(own, 0.5), p95: percentile(own, 0.95), found: found.get(each) ?? 0 };
  });
}

function rowsOf(answer: unknown): number {
  const { tasks, total, count } = answer as { tasks?: unknown[]; total?: { count: number }; count?: number };
  return tasks?.length ?? total?.count ?? count ?? 0;
}
