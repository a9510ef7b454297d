import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { countMatching, listTasks, walkTasks } from '../index.ts';
import type { ListTasksFilter } from './list.ts';
import { insertTask } from '../testing/insert.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

describe('a list is narrowed by', () => {
  const parent = '0198c0de-0000-7000-8000-0000000000aa';
  const dead = { state: 'failed' as const, error_fingerprint: 'feedfeedfeedfeed' };

  it.each<[string, Record<string, unknown>, ListTasksFilter]>([
    ['state', { state: 'paused', paused_from: 'pending' }, { states: ['paused'] }],
    ['definition', { definition: 'rare' }, { definition: 'rare' }],
    ['queue', { queue: 'rare' }, { queue: 'rare' }],
    ['tag', { tags: ['a', 'rare'] }, { tag: 'rare' }],
    ['submitter', { submitted_by: 'key:rare' }, { submittedBy: 'key:rare' }],
    ['worker', { worker_id: 'rare' }, { workerId: 'rare' }],
    ['parent', { parent_id: parent }, { parentId: parent }],
    ['correlation', { correlation_id: 'rare' }, { correlationId: 'rare' }],
    ['fingerprint', dead, { fingerprint: dead.error_fingerprint }],
    ['fingerprint and state', dead, { fingerprint: dead.error_fingerprint, states: ['failed'] }],
    ['dismissal', { state: 'abandoned', dismissed_at: new Date() }, { dismissed: true }],
    ['archived ones', { archived_at: new Date(), queue: 'old' }, { includeArchived: true, queue: 'old' }],
    [
      'creation',
      { created_at: new Date(Date.now() + 30_000) },
      { createdAfter: new Date(Date.now() + 20_000).toISOString() },
    ],
    ['creation', { created_at: new Date('2020-01-01') }, { createdBefore: '2020-01-02T00:00:00Z' }],
    ['end', { state: 'completed', finished_at: new Date('2020-01-01') }, { finishedBefore: '2020-01-02T00:00:00Z' }],
  ])('%s', async (_, columns, filter) => {
    await database.sql`delete from tasks`;
    await insertTask();
    const id = await insertTask(columns);
    await insertTask();
    // An id says when it was made; a task that claims to be older has an older one.
    if (filter.createdBefore ?? filter.finishedBefore) {
      const older = '016f5e66-e800-7000-8000-000000000001';
      await database.sql`update tasks set id = ${older} where id = ${id}`;
      expect((await listTasks(filter)).tasks.map((task) => task.id)).toEqual([older]);
      return;
    }
    expect((await listTasks(filter)).tasks.map((task) => task.id)).toEqual([id]);
  });

  it('ids', async () => {
    const ids = [await insertTask(), await insertTask({ state: 'completed' })];
    await insertTask();
    expect((await listTasks({ ids })).tasks.map(({ id }) => id)).toEqual([...ids].reverse());
    expect((await listTasks({ ids, states: ['pending'] })).tasks.map(({ id }) => id)).toEqual(ids.slice(0, 1));
  });
});

describe('among very many tasks', () => {
  const number = (id: string) => Number(id.slice(-12));

  /** Every 10,000th is in the rare queue, and all of those failed; of the others three fourths have completed. */
  beforeAll(async () => {
    await database.sql`delete from tasks`;
    await database.sql`
      insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
      select ('0198c0de-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'probe',
        case when n % 10000 = 0 then 'rare' else 'default' end,
        (case when n % 10000 = 0 then 'failed' when n % 4 = 0 then 'cancelled' else 'completed' end)::task_state,
        '{}', 1, '{}', 1000, now(), now(), now(), 'user:test'
      from generate_series(1, 60000) n`;
    await database.sql`analyze tasks`;
  });

  const all = [60_000, 50_000, 40_000, 30_000, 20_000, 10_000];

  it('finds rare ones however far they lie apart', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listTasks>> = await listTasks({ queue: 'rare', ...(cursor && { cursor }) });
      seen.push(...page.tasks.map(({ id }) => number(id)));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(all);
  });

  it('looks at a bounded number of rows in one statement, and says where to go on', async () => {
    const first = await walkTasks(database.sql, { queue: 'rare' }, { order: 'desc', limit: 100 });
    expect(first.ids.map(number)).toEqual([60_000, 50_000]);
    expect(number(first.next ?? '')).toBe(40_001);
  });

  it.each(['asc', 'desc'] as const)('passes each task once over several states: %s', async (order) => {
    const filter = { states: ['failed', 'cancelled'] as ('failed' | 'cancelled')[] };
    const seen: number[] = [];
    let from: string | null = null;
    do {
      const found = await walkTasks(database.sql, filter, { order, from, limit: 4_000 });
      seen.push(...found.ids.map(number));
      from = found.next;
    } while (from !== null);
    const expected = Array.from({ length: 15_000 }, (_, index) => (index + 1) * 4);
    expect(seen).toEqual(order === 'asc' ? expected : expected.reverse());
  });

  it('leaves nothing out where one state is walked further than another', async () => {
    const seen: number[] = [];
    let from: string | null = null;
    do {
      const found = await walkTasks(
        database.sql,
        { states: ['completed', 'failed'], queue: 'rare' },
        { order: 'desc', from, limit: 2 },
      );
      seen.push(...found.ids.map(number));
      from = found.next;
    } while (from !== null);
    expect(seen).toEqual(all);
  });

  it('goes to the last id and no further', async () => {
    const last = '0198c0de-0000-7000-8000-000000020000';
    const { ids, next } = await walkTasks(database.sql, { states: ['failed'] }, { order: 'asc', last, limit: 10 });
    expect([ids.map(number), next]).toEqual([[10_000, 20_000], null]);
  });

  it('counts as far as it is told', async () => {
    expect(await countMatching({ states: ['cancelled'] }, 10_000)).toEqual({
      count: 10_000,
      more: true,
      states: { cancelled: 10_000 },
    });
    expect(await countMatching({ states: ['failed'] }, 10_000)).toEqual({
      count: 6,
      more: false,
      states: { failed: 6 },
    });
  });
});
