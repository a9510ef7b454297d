import { indexChanged, indexInTurn } from '#lib/search/index';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { countMatching, listTasks, walkTasks } from '../index.ts';
import type { ListTasksFilter } from './list.ts';
import { insertTask } from '../testing/insert.ts';

jest.setTimeout(120_000);

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

const indexAll = async (): Promise<void> => {
  while ((await indexChanged()) > 0);
};

const idsOf = async (filter: ListTasksFilter): Promise<string[]> => (await listTasks(filter)).tasks.map(({ id }) => id);

/** What a search finds of one task among others: with its document, and without it, as right after the change. */
describe.each(['indexed', 'not yet indexed'])('a task that is %s is found by', (when) => {
  const payload = { user: { id: 42, name: 'Ada Lovelace' }, items: [{ sku: 'B-2' }] };
  const at = (seconds: number) => new Date(Date.now() + seconds * 1_000);
  const start = at(0);
  const ran = { started_at: start, finished_at: new Date(start.getTime() + 60_000) };
  let wanted = '';

  beforeAll(async () => {
    await database.sql`delete from tasks`;
    await insertTask({ state: 'completed', payload: { user: { id: 43, name: 'Grace Hopper' } } });
    wanted = await insertTask({
      state: 'failed',
      definition: 'importCsv',
      queue: 'slow',
      payload,
      error: { name: 'TimeoutError', message: 'The printer is on fire' },
      tags: ['vip', "it's"],
      worker_id: 'host-1',
      submitted_by: 'user:1',
      attempt: 3,
      metadata: database.sql.json({ tenant: 'acme' }),
      ...ran,
    });
    await insertTask({ state: 'completed', payload: { user: { name: 'Ada Byron' } } });
    if (when === 'indexed') await indexAll();
  });

  it.each<[string, ListTasksFilter]>([
    ['a word', { q: 'lovelace' }],
    ['words', { q: 'printer csv ada' }],
    ['a phrase', { q: '"ada lovelace"' }],
    ['the beginning of a word', { q: 'lovel*' }],
    ['a phrase with a beginning', { q: 'ada@lovel*' }],
    ['a beginning at a path', { q: 'payload.user.name:lov*' }],
    ['a beginning in a field', { q: 'error:prin* payload:lovel*' }],
    ['a negated beginning', { q: 'ada -byr*' }],
    ['a path', { q: 'payload.user.id:42' }],
    ['a path into a list', { q: 'payload.items.sku:B-2' }],
    ['the error', { q: 'error:"on fire"' }],
    ['metadata', { q: 'metadata.tenant:acme' }],
    ['a negation', { q: 'ada -byron' }],
    ['attributes', { q: 'state:failed definition:importCsv queue:slow worker:host-1 tag:vip' }],
    ['a tag with a quote', { q: `tag:it's` }],
    ['negated attributes', { q: '-state:completed' }],
    ['a filter', { states: ['failed', 'abandoned'], definitions: ['importCsv', 'other'], queues: ['slow'] }],
    ['all of its tags', { tags: ['vip', "it's"] }],
    ['its run', { runMsMin: 60_000, runMsMax: 60_000 }],
    ['its attempts', { attemptsMin: 2, attemptsMax: 3 }],
    ['its end', { finishedAfter: at(30).toISOString(), finishedBefore: at(90).toISOString() }],
    ['a part of the metadata', { metadata: { tenant: 'acme' } }],
    ['its submitter', { submittedBy: 'user:1' }],
    ['its worker', { workerId: 'host-1', sort: 'created' }],
    ['its worker, by its end', { workerId: 'host-1', sort: '-finished' }],
    ['a word, by how long it ran', { q: 'lovelace', sort: '-duration' }],
  ])('%s', async (_, filter) => {
    expect(await idsOf(filter)).toEqual([wanted]);
  });

  it('its id, the beginning of it, and the digits that a list shows', async () => {
    expect(await idsOf({ q: wanted })).toEqual([wanted]);
    expect(await idsOf({ q: `id:${wanted.slice(0, 30)}` })).toContain(wanted);
    expect(await idsOf({ q: wanted.slice(-8) })).toEqual([wanted]);
    expect(await idsOf({ q: `id:${wanted.slice(-8)}` })).toEqual([wanted]);
  });

  it('nothing that it has not', async () => {
    for (const q of [
      'byron lovelace',
      '"lovelace ada"',
      'payload.user.id:43 ada',
      'lovelace -fire',
      'ovel*',
      'result:lovel*',
      'lovelace -prin*',
      'state:completed lovelace',
    ])
      expect(await idsOf({ q })).toEqual([]);
  });

  it('a bulk operation, oldest first', async () => {
    const { ids } = await walkTasks(database.sql, { q: 'ada' }, { order: 'asc', limit: 10 });
    expect(ids).toHaveLength(2);
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('a document follows its task', () => {
  beforeEach(async () => {
    await database.sql`delete from tasks`;
    await indexAll();
  });

  it('when it ends, and when it comes anew', async () => {
    const id = await insertTask({ state: 'running' });
    await indexAll();
    await database.sql`update tasks set state = 'failed', error = '{"name":"Error","message":"melted"}' where id = ${id}`;
    expect(await idsOf({ q: 'melted' })).toEqual([id]);
    await indexAll();
    expect(await idsOf({ q: 'melted state:failed' })).toEqual([id]);
    await database.sql`update tasks set state = 'pending', gen = gen + 1, payload = '{"a":"renewed"}', error = null where id = ${id}`;
    expect(await idsOf({ q: 'melted' })).toEqual([]);
    expect(await idsOf({ q: 'renewed' })).toEqual([id]);
    await indexAll();
    expect(await idsOf({ q: 'melted' })).toEqual([]);
    expect(await idsOf({ q: 'renewed' })).toEqual([id]);
  });

  it('when it is deleted', async () => {
    await insertTask({ payload: { a: 'gone' } });
    await indexAll();
    await database.sql`delete from tasks`;
    expect(await idsOf({ q: 'gone' })).toEqual([]);
    await indexAll();
    expect(await database.sql`select from search_documents`).toHaveLength(0);
  });

  it('and an older reading of it does not come back', async () => {
    const id = await insertTask({ payload: { a: 'newest' } });
    await indexAll();
    await database.sql`update search_documents set version = 100`;
    await database.sql`insert into search_queue (ids, n) values (array[${id}::uuid], 1)`;
    await indexAll();
    const [row] = await database.sql`select version from search_documents where task_id = ${id}`;
    expect(row?.version).toBe(100);
  });

  it('is made for tasks that were there before', async () => {
    const ids = [await insertTask({ payload: { a: 'veteran' } }), await insertTask({ payload: { a: 'veteran' } })];
    await database.sql`delete from search_queue`;
    await database.sql`update search_indexer set below = 'ffffffff-ffff-ffff-ffff-ffffffffffff'`;
    await indexAll();
    expect(await idsOf({ q: 'veteran' })).toEqual([...ids].reverse());
    expect(await database.sql`select below from search_indexer`).toEqual([{ below: null }]);
  });

  it('in turns with a rest between, whoever asks', async () => {
    await database.sql`update search_indexer set rest_until = now() + interval '1 hour'`;
    const id = await insertTask({ payload: { a: 'patient' } });
    await Promise.all([indexInTurn(), indexInTurn()]);
    expect(await database.sql`select from search_documents where task_id = ${id}`).toHaveLength(0);
    await database.sql`update search_indexer set rest_until = now()`;
    await Promise.all([indexInTurn(), indexInTurn()]);
    expect(await database.sql`select from search_documents where task_id = ${id}`).toHaveLength(1);
    const [row] = await database.sql`select rest_until < now() + interval '29 seconds' as short from search_indexer`;
    expect(row?.short).toBe(true);
  });

  it('an update that a search does not look for is not queued', async () => {
    const id = await insertTask();
    await indexAll();
    await database.sql`update tasks set state = 'running', fence = 1, lease_until = now() where id = ${id}`;
    await database.sql`update tasks set lease_until = now() + interval '1 minute', progress = '{"fraction":0.5}' where id = ${id}`;
    expect(await database.sql`select from search_queue`).toHaveLength(0);
  });
});

describe('among very many tasks', () => {
  const number = (id: string): number => Number(id.slice(-12));
  const insert = (from: number, to: number) => database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by, started_at, finished_at)
    select ('0198c0de-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'probe', case when n % 9000 = 0 then 'rare' else 'default' end,
      'completed', jsonb_build_object('word', case when n % 9000 = 0 then 'needle' else 'hay' end, 'n', n), 1, '{}', 1000, now(), now(), now(),
      'user:test', to_timestamp(1000000 + n), to_timestamp(1000000 + n) + n * interval '1 millisecond'
    from generate_series(${from}::int, ${to}::int) n`;
  const all = [36_000, 27_000, 18_000, 9_000];

  beforeAll(async () => {
    await database.sql`delete from tasks`;
    await indexAll();
    // The ends first and then what lies between, so that full shelves are parted at all places.
    for (const [from, to] of [
      [30_001, 40_000],
      [1, 9_500],
      [9_501, 30_000],
    ] as const) {
      await insert(from, to);
      await indexAll();
    }
    await database.sql`analyze tasks, search_documents`;
  });

  it('shelves hold what they say, and none far too much', async () => {
    const shelves = await database.sql<{ shelf: number; documents: number; stand: number; marked: number }[]>`
      select shelf, documents, (
          select count(*) from search_documents where task_id >= s.first_id
            and task_id < coalesce((select first_id from search_shelves o where o.first_id > s.first_id order by 1 limit 1), 'ffffffff-ffff-ffff-ffff-ffffffffffff')
        ) as stand,
        (select count(*) from search_documents where words @@ ('''b=' || shelf || '''')::tsquery) as marked
      from search_shelves s`;
    for (const { documents, stand, marked } of shelves) {
      expect(stand).toBe(marked);
      expect(documents).toBe(stand);
      expect(documents).toBeLessThan(20_000);
    }
    expect(shelves.length).toBeGreaterThan(2);
  });

  it.each<[string, ListTasksFilter]>([
    ['by a word', { q: 'needle' }],
    ['by a path', { q: 'payload.word:needle' }],
    ['by a negation', { q: '-hay' }],
    ['by a beginning', { q: 'needl*' }],
    ['by a queue', { queue: 'rare' }],
    ['by its end', { queue: 'rare', sort: '-finished' }],
    ['by its run', { q: 'needle', sort: '-duration' }],
  ])('rare ones are found %s, newest first, page by page', async (_, filter) => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listTasks>> = await listTasks({
        ...filter,
        limit: 3,
        ...(cursor && { cursor }),
      });
      seen.push(...page.tasks.map(({ id }) => number(id)));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all);
  });

  it('common ones are told as soon as a page is full', async () => {
    const page = await listTasks({ q: 'hay', limit: 5 });
    expect(page.tasks.map(({ id }) => number(id))).toEqual([40_000, 39_999, 39_998, 39_997, 39_996]);
    expect(page.nextCursor).not.toBeNull();
  });

  it.each(['-duration', 'duration', '-finished', 'finished'] as const)(
    'pages follow one another in the order %s',
    async (sort) => {
      const seen: number[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < 5; pages += 1) {
        const page = await listTasks({ sort, limit: 200, ...(cursor && { cursor }) });
        seen.push(...page.tasks.map(({ id }) => number(id)));
        cursor = page.nextCursor ?? undefined;
      }
      const expected = Array.from({ length: 1_000 }, (_, index) => (sort.startsWith('-') ? 40_000 - index : index + 1));
      expect(seen).toEqual(expected);
    },
  );

  it('says how many changes it could not look at', async () => {
    await insert(40_001, 42_000);
    const page = await listTasks({ q: 'needle' });
    expect(page.indexing).toBeGreaterThan(1_000);
    expect(page.tasks.map(({ id }) => number(id))).toEqual(all);
    await indexAll();
    expect(await listTasks({ q: 'needle' })).not.toHaveProperty('indexing');
  });

  it('counts as far as it is told', async () => {
    expect(await countMatching({ q: 'needle' }, 100)).toMatchObject({ count: 4, more: false });
    expect(await countMatching({ q: 'hay' }, 1_000)).toMatchObject({ count: 1_000, more: true });
  });
});

describe('hostile searches', () => {
  it.each([
    "'); drop table tasks --",
    "a'b",
    'a\\b',
    '"a & b | !c:*"',
    'a:*',
    '\u202egnp',
    '%_',
    '<->',
    `payload.${'a.'.repeat(90)}b:1`,
  ])('%s is text and nothing else', async (q) => {
    const answer = await listTasks({ q }).catch((error: { code?: string }) => error.code);
    expect(answer === 'invalid' || (typeof answer === 'object' && Array.isArray(answer.tasks))).toBe(true);
  });

  it('is refused at /q with the place', async () => {
    await expect(listTasks({ q: 'ada state:broken' })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/q', message: expect.stringMatching(/^at character 5: There is no state/) }],
    });
  });
});
