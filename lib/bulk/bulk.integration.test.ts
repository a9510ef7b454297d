import { listAudit } from '#lib/audit/index';
import { closeEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { dismissTask, getTask } from '#lib/tasks/index';
import type { ControlVerb } from '#lib/tasks/types';
import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { useTestEngine } from '../../scripts/testing/engines.ts';
import { testActor } from '../../workers/testing.ts';
import {
  type BulkInput,
  cancelBulk,
  forgetBulk,
  getBulk,
  listBulk,
  listBulkOnTask,
  previewBulk,
  purgeCompleted,
  startBulk,
  stepBulk,
} from './index.ts';

const admin = { ...testActor, role: 'admin' as const };
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
});
beforeEach(async () => {
  await database.sql`delete from bulk_operations`;
  await database.sql`delete from tasks`;
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

/** @returns the ids, in their order. */
async function insertMany(count: number, state: string, queue = 'default'): Promise<string[]> {
  const rows = await database.sql<{ id: string }[]>`
    insert into tasks (id, definition, queue, state, paused_from, payload, max_attempts, retry, timeout_ms, run_at, ready_at,
      dispatch_at, submitted_by, finished_at, error_fingerprint)
    select ('0198c0de-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'probe', ${queue}, s, case when s = 'paused' then 'pending'::task_state end,
      '{}', 1, '{}', 1000, now(), now(), '2099-01-01', 'user:test',
      case when s in ('completed', 'failed', 'cancelled', 'abandoned') then now() end, '00000000000000aa'
    from generate_series((select count(*) from tasks) + 1, (select count(*) from tasks) + ${count}) n,
      (select ${state}::task_state as s) states
    returning id`;
  return rows.map(({ id }) => id).sort();
}

/** As the worker's loop does, but as if time flew. @returns how many steps it took. */
async function runAll(): Promise<number> {
  for (let steps = 0; ; steps += 1) {
    await database.sql`update bulk_operations set next_at = clock_timestamp() where state = 'running'`;
    if (!(await stepBulk())) return steps;
  }
}

const countBy = async (state: string): Promise<number> =>
  (await database.sql<{ n: number }[]>`select count(*) as n from tasks where state = ${state}::task_state`)[0]?.n ?? 0;

describe('each verb', () => {
  it.each<[ControlVerb, string, string, BulkInput['args']]>([
    ['cancel', 'scheduled', 'cancelled', {}],
    ['pause', 'scheduled', 'paused', {}],
    ['resume', 'paused', 'pending', {}],
    ['retry', 'failed', 'pending', {}],
    ['redrive', 'completed', 'pending', { again: true }],
    ['archive', 'completed', 'completed', {}],
    ['dismiss', 'failed', 'failed', { reason: 'known' }],
  ])('%s over tasks that are %s', async (verb, from, to, args) => {
    const ids = await insertMany(3, from);
    const [other] = await insertMany(1, 'running');
    const { id } = await startBulk(testActor, { verb, ids: [...ids, other ?? ''], args });
    await runAll();
    const skipped = verb === 'cancel' ? 0 : 1;
    expect(await getBulk(id)).toMatchObject({ state: 'completed', total: 4, done: 4 - skipped, skipped });
    expect(await countBy(to)).toBe(3);
    expect(await countBy('running')).toBe(1);
  });

  it('purge deletes, and is for admins', async () => {
    const ids = await insertMany(3, 'completed');
    await insertMany(1, 'scheduled');
    await expect(startBulk(testActor, { verb: 'purge', ids })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(purgeCompleted(testActor, { olderThanMs: 0 })).rejects.toMatchObject({ code: 'forbidden' });
    await database.sql`update tasks set finished_at = now() - interval '1 hour' where id = ${ids[0] ?? ''}`;
    await purgeCompleted(admin, { olderThanMs: 60_000 });
    await runAll();
    expect([await countBy('completed'), await countBy('scheduled')]).toEqual([2, 1]);
  });
});

describe('over a filter', () => {
  it('takes those that fit, and none that were made after the start', async () => {
    await insertMany(5, 'scheduled', 'mine');
    await insertMany(5, 'scheduled');
    const { id, total } = await startBulk(testActor, {
      verb: 'cancel',
      filter: { states: ['scheduled'], queue: 'mine' },
    });
    expect(total).toBe(5);
    await insertMany(5, 'scheduled', 'mine');
    await runAll();
    expect(await getBulk(id)).toMatchObject({ done: 5, skipped: 0 });
    expect([await countBy('cancelled'), await countBy('scheduled')]).toEqual([5, 10]);
  });

  it('finds the dead letters of a cause that nobody dismissed', async () => {
    const [seen] = await insertMany(3, 'failed');
    await database.sql`update tasks set dismissed_at = now() where id = ${seen ?? ''}`;
    await startBulk(testActor, { verb: 'redrive', filter: { fingerprint: '00000000000000aa', dismissed: false } });
    await runAll();
    expect([await countBy('pending'), await countBy('failed')]).toEqual([2, 1]);
  });

  it('says beforehand how many they are', async () => {
    const ids = await insertMany(3, 'failed');
    await insertMany(1, 'completed');
    const failed = { count: 3, more: false, states: { failed: 3 } };
    expect(await previewBulk({ filter: { states: ['failed'] } })).toEqual(failed);
    expect(await previewBulk({ filter: { queue: 'default' } })).toEqual({
      count: 4,
      more: false,
      states: { failed: 3, completed: 1 },
    });
    expect(await previewBulk({ ids: [...ids, '0198c0de-0000-7000-8000-00000000dead'] })).toEqual(failed);
    await insertMany(10_001, 'scheduled');
    expect(await previewBulk({ filter: { states: ['scheduled'] } })).toEqual({
      count: 10_000,
      more: true,
      states: { scheduled: 10_000 },
    });
  });
});

describe('a step', () => {
  it('takes no more than the rate allows, and waits for the next', async () => {
    await insertMany(100, 'scheduled');
    const { id } = await startBulk(testActor, { verb: 'cancel', filter: { states: ['scheduled'] }, perSecond: 50 });
    expect(await stepBulk()).toBe(true);
    expect(await getBulk(id)).toMatchObject({ state: 'running', done: 10 });
    const [row] = await database.sql<{ ms: number }[]>`
      select extract(epoch from next_at - created_at) * 1000 as ms from bulk_operations`;
    expect(Number(row?.ms)).toBeGreaterThanOrEqual(200);
    expect(await runAll()).toBe(9);
    expect(await getBulk(id)).toMatchObject({ state: 'completed', done: 100, skipped: 0 });
  });

  it('that fails leaves nothing half done, and is taken again', async () => {
    const ids = await insertMany(3, 'scheduled');
    const { id } = await startBulk(testActor, { verb: 'cancel', ids });
    await database.sql`
      create function refuse_it() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$`;
    await database.sql`create trigger refuse_it before update on tasks for each row execute function refuse_it()`;
    expect(await stepBulk()).toBe(true);
    expect(await getBulk(id)).toMatchObject({ state: 'running', done: 0 });
    expect(await stepBulk()).toBe(false);
    await database.sql`drop trigger refuse_it on tasks`;
    await database.sql`update bulk_operations set next_at = clock_timestamp()`;
    await runAll();
    expect(await getBulk(id)).toMatchObject({ state: 'completed', done: 3 });
  });

  it('by many workers at once does each task once', async () => {
    await insertMany(2_000, 'failed');
    const { id } = await startBulk(testActor, { verb: 'retry', filter: { states: ['failed'] }, perSecond: 10_000 });
    const worker = async () => {
      while ((await getBulk(id))?.state === 'running') await stepBulk();
    };
    await Promise.all([worker(), worker(), worker()]);
    expect(await getBulk(id)).toMatchObject({ done: 2_000, skipped: 0 });
    const [row] = await database.sql`select min(gen) as min, max(gen) as max from tasks`;
    expect(row).toEqual({ min: 2, max: 2 });
  });

  it('tells the pages how far it is', async () => {
    const ids = await insertMany(1, 'scheduled');
    const { id } = await startBulk(testActor, { verb: 'cancel', ids });
    await runAll();
    await flushFeed();
    const sent = await database.sql`select event, payload from realtime.messages where topic = ${`bulk:${id}`}`;
    expect(sent).toMatchObject([{ event: 'progress', payload: { state: 'completed', done: 1, skipped: 0 } }]);
  });
});

describe('an operation', () => {
  it('is cancelled where it is', async () => {
    await insertMany(100, 'scheduled');
    const { id } = await startBulk(testActor, { verb: 'cancel', filter: { states: ['scheduled'] }, perSecond: 5 });
    await stepBulk();
    expect(await cancelBulk(testActor, id)).toMatchObject({ state: 'cancelled', done: 1 });
    await database.sql`update bulk_operations set next_at = clock_timestamp()`;
    expect(await stepBulk()).toBe(false);
    expect(await countBy('cancelled')).toBe(1);
    await expect(cancelBulk(testActor, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('stands in the audit log once, with what it named', async () => {
    await insertMany(3, 'failed');
    const { id } = await startBulk(testActor, {
      verb: 'dismiss',
      filter: { states: ['failed'] },
      args: { reason: 'known' },
    });
    await runAll();
    expect((await listAudit({ subject: `bulk:${id}` })).entries).toMatchObject([
      { action: 'bulk.start', details: { verb: 'dismiss', reason: 'known', filter: { states: ['failed'] }, total: 3 } },
    ]);
    expect((await getTask((await insertMany(1, 'failed'))[0] ?? ''))?.dismissedAt).toBeNull();
  });

  it('is told of one of its tasks by what that still says of it', async () => {
    const [id = '', other = ''] = await insertMany(2, 'failed');
    await startBulk(testActor, { verb: 'dismiss', ids: [id], args: { reason: 'known' } });
    await runAll();
    expect(await listBulkOnTask(id)).toMatchObject([
      {
        action: 'task.dismiss',
        subject: `task:${id}`,
        actor: expect.stringMatching(/^key:/),
        details: { reason: 'known' },
      },
    ]);
    expect(await listBulkOnTask(other)).toEqual([]);
  });

  it('is not told of a task by a filter of which nobody could say whether it was this operation', async () => {
    const [id = ''] = await insertMany(1, 'failed');
    await startBulk(testActor, { verb: 'dismiss', filter: { states: ['failed'] }, args: { reason: 'known' } });
    await runAll();
    expect((await getTask(id))?.dismissedAt).not.toBeNull();
    expect(await listBulkOnTask(id)).toEqual([]);
  });

  it('is not told of a task to which somebody did the same meanwhile', async () => {
    const [id = ''] = await insertMany(1, 'failed');
    await startBulk(testActor, { verb: 'dismiss', ids: [id], args: { reason: 'known' } });
    await dismissTask(testActor, id, 'known');
    expect(await listBulkOnTask(id)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['without a target', { verb: 'cancel' }, '/ids'],
    [
      'with two targets',
      { verb: 'cancel', ids: ['0198c0de-0000-7000-8000-00000000dead'], filter: { queue: 'q' } },
      '/ids',
    ],
    ['over everything', { verb: 'cancel', filter: {} }, '/filter'],
    ['over everything, archived too', { verb: 'cancel', filter: { includeArchived: true } }, '/filter'],
    ['of no known verb', { verb: 'explode', filter: { queue: 'q' } }, '/verb'],
    [
      'with a reason that nobody keeps',
      { verb: 'cancel', filter: { queue: 'q' }, args: { reason: 'x' } },
      '/args/reason',
    ],
    ['at no rate', { verb: 'cancel', filter: { queue: 'q' }, perSecond: 0 }, '/perSecond'],
  ])('%s is refused', async (_, input, pointer) => {
    await expect(startBulk(testActor, input as BulkInput)).rejects.toMatchObject({
      code: 'invalid',
      fields: expect.arrayContaining([expect.objectContaining({ pointer })]),
    });
  });

  it('is one of fifty at most', async () => {
    const ids = await insertMany(1, 'scheduled');
    for (let n = 0; n < 50; n += 1) await startBulk(testActor, { verb: 'pause', ids });
    await expect(startBulk(testActor, { verb: 'pause', ids })).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('is listed, newest first, and forgotten a month after its end', async () => {
    const ids = await insertMany(1, 'scheduled');
    const first = await startBulk(testActor, { verb: 'pause', ids });
    const second = await startBulk(testActor, { verb: 'resume', ids });
    const page = await listBulk({ limit: 1 });
    expect(page).toMatchObject({
      operations: [{ id: second.id, verb: 'resume', filter: null }],
      nextCursor: second.id,
    });
    expect((await listBulk({ cursor: second.id })).operations.map(({ id }) => id)).toEqual([first.id]);
    await database.sql`update bulk_operations set state = 'completed', finished_at = now() - interval '31 days' where id = ${first.id}`;
    await forgetBulk();
    expect((await listBulk()).operations.map(({ id }) => id)).toEqual([second.id]);
  });
});
