import { z } from 'zod';
import { listAudit } from '#lib/audit/index';
import { closeEngine, openEngine, useEngine } from '#lib/queues/index';
import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { useTestEngine } from '../../../scripts/testing/engines.ts';
import { createClaim } from '../../../workers/runner/claim.ts';
import { testActor, waitFor } from '../../../workers/testing.ts';
import { defineTask } from '../define.ts';
import {
  archiveTask,
  cancelChannel,
  cancelTask,
  dismissTask,
  getTask,
  listDefinitions,
  listRevisions,
  pauseTask,
  publishDefinitions,
  redriveTask,
  resumeTask,
  retryTask,
  setDefinitionActive,
  submit,
  undismissTask,
} from '../index.ts';
import type { Controlled } from './control.ts';
import { type TaskState, taskStates } from '../state.ts';
import { insertTask } from '../testing/insert.ts';

const unknownId = '0198c0de-0000-7000-8000-00000000dead';
const greeting = defineTask({
  name: 'greet',
  title: 'Greet',
  payload: z.strictObject({ to: z.string().min(2) }),
  run: async () => undefined,
});

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  await publishDefinitions([greeting]);
});
afterAll(async () => {
  await closeEngine();
  await database.drop();
});

const stateOf = async (id: string) => (await getTask(id))?.state;
const genOf = async (id: string): Promise<number> =>
  (await database.sql<{ gen: number }[]>`select gen from tasks where id = ${id}`)[0]?.gen ?? 0;
const auditOf = async (id: string) =>
  (await listAudit({ subject: `task:${id}` })).entries.map(({ action, actor }) => ({ action, actor }));

type Told = (id: string) => Promise<Controlled>;
const told: Record<string, { tell: Told; from: TaskState[] }> = {
  cancel: {
    tell: (id) => cancelTask(testActor, id),
    from: ['pending', 'scheduled', 'blocked', 'running', 'retrying', 'paused'],
  },
  pause: { tell: (id) => pauseTask(testActor, id), from: ['pending', 'scheduled', 'blocked', 'retrying'] },
  resume: { tell: (id) => resumeTask(testActor, id), from: ['paused'] },
  retry: { tell: (id) => retryTask(testActor, id), from: ['failed', 'cancelled', 'abandoned'] },
  redrive: { tell: (id) => redriveTask(testActor, id), from: ['failed', 'cancelled', 'abandoned'] },
  'redrive again': {
    tell: (id) => redriveTask(testActor, id, { again: true }),
    from: ['completed', 'failed', 'cancelled', 'abandoned'],
  },
  archive: { tell: (id) => archiveTask(testActor, id), from: ['completed', 'failed', 'cancelled', 'abandoned'] },
  dismiss: { tell: (id) => dismissTask(testActor, id), from: ['failed', 'abandoned'] },
};

describe.each(Object.entries(told))('%s', (name, { tell, from }) => {
  it.each(from)('is done to a task that is %s, and written down', async (state) => {
    const id = await insertTask({ state, ...(state === 'paused' && { paused_from: 'pending' }) });
    await tell(id);
    expect(await auditOf(id)).toEqual([{ action: `task.${name.split(' ')[0]}`, actor: `key:${testActor.id}` }]);
  });

  it.each(taskStates.filter((state) => !from.includes(state)))(
    'is refused to one that is %s, which stays as it is',
    async (state) => {
      const id = await insertTask({ state });
      const before = await getTask(id);
      await expect(tell(id)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(/^The task cannot be \w+: it is /),
      });
      expect(await getTask(id)).toEqual(before);
      expect(await auditOf(id)).toEqual([]);
    },
  );

  it('is refused where there is no task', async () => {
    await expect(tell(unknownId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('cancel', () => {
  it('ends what waits at once', async () => {
    const id = await insertTask({ state: 'scheduled' });
    expect(await cancelTask(testActor, id)).toEqual({ id, state: 'cancelled' });
    expect(await getTask(id)).toMatchObject({ state: 'cancelled', finishedAt: expect.any(String) });
  });

  it('tells the worker of what runs, and shows that it was asked for', async () => {
    const heard: string[] = [];
    const listening = await database.sql.listen(cancelChannel, (id) => heard.push(id));
    const id = await insertTask({ state: 'running' });
    expect(await cancelTask(testActor, id)).toEqual({ id, state: 'running' });
    await waitFor('the worker to hear of it', async () => heard.includes(id));
    expect(await getTask(id)).toMatchObject({ state: 'running', cancelRequested: true });
    await listening.unlisten();
  });

  it('decides on what depends on the task', async () => {
    const parent = await insertTask({ state: 'scheduled' });
    const child = await submit(testActor, { definition: 'greet', payload: { to: 'you' }, dependsOn: [parent] });
    expect(child.state).toBe('blocked');
    await cancelTask(testActor, parent);
    await waitFor('the dependent to be cancelled', async () => (await stateOf(child.id)) === 'cancelled');
  });

  it('works while the queue engine is away', async () => {
    await closeEngine();
    useEngine(openEngine({ kind: 'redis', redisUrl: 'redis://127.0.0.1:9', prefix: 'away' }));
    try {
      const id = await insertTask();
      expect(await cancelTask(testActor, id)).toEqual({ id, state: 'cancelled' });
    } finally {
      await useTestEngine('redis');
    }
  });

  it('asked for by many at once happens once', async () => {
    const id = await insertTask();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => cancelTask(testActor, id)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await auditOf(id)).toHaveLength(1);
  });
});

describe('pause and resume', () => {
  const future = new Date('2098-01-01');
  const past = new Date('2020-01-01');

  it.each<[TaskState, Record<string, unknown>, TaskState]>([
    ['pending', {}, 'pending'],
    ['scheduled', { run_at: future }, 'scheduled'],
    ['scheduled', { run_at: past }, 'pending'],
    ['retrying', { run_at: future }, 'retrying'],
    ['retrying', { run_at: past }, 'pending'],
    ['blocked', { unresolved: 1 }, 'blocked'],
    ['blocked', { unresolved: 0, run_at: past }, 'pending'],
    ['blocked', { unresolved: 0, run_at: future }, 'scheduled'],
  ])('a task that was %s (%j) comes back %s', async (state, columns, back) => {
    const id = await insertTask({ state, ...columns });
    expect(await pauseTask(testActor, id)).toEqual({ id, state: 'paused' });
    expect(await getTask(id)).toMatchObject({ pausedFrom: state });
    expect(await resumeTask(testActor, id)).toEqual({ id, state: back });
    expect(await getTask(id)).toMatchObject({ pausedFrom: null });
  });

  it('makes the job of before stale', async () => {
    const id = await insertTask();
    const gen = await genOf(id);
    await pauseTask(testActor, id);
    await resumeTask(testActor, id);
    expect(await genOf(id)).toBe(gen + 1);
  });

  it('leaves it to the concurrency key when the task may start', async () => {
    const id = await insertTask({ concurrency_key: 'k', concurrency_limit: 1 });
    await insertTask({ state: 'running', concurrency_key: 'k', concurrency_limit: 1 });
    await pauseTask(testActor, id);
    await resumeTask(testActor, id);
    const [row] = await database.sql`select dispatch_at = 'infinity' as waits from tasks where id = ${id}`;
    expect(row).toEqual({ waits: true });
  });
});

describe('retry and redrive', () => {
  const failed = {
    state: 'failed' as const,
    definition: 'greet',
    payload: { to: 'him' },
    error: { name: 'Error', message: 'boom' },
    error_fingerprint: '0123456789abcdef',
    attempt: 3,
    lost: 2,
    fence: 3,
    unresolved: 1,
    expires_at: new Date('2020-01-01'),
    archived_at: new Date(),
    dismissed_at: new Date(),
    dismiss_reason: 'seen',
  };

  it('makes all new and leaves no trace of the end', async () => {
    const id = await insertTask(failed);
    await retryTask(testActor, id);
    expect(await getTask(id)).toMatchObject({
      state: 'pending',
      attempt: 0,
      error: null,
      fingerprint: null,
      finishedAt: null,
      expiresAt: null,
      archivedAt: null,
      dismissedAt: null,
      dismissReason: null,
      payload: { to: 'him' },
      revisions: 0,
    });
    const [row] = await database.sql`select gen, fence, lost, unresolved from tasks where id = ${id}`;
    expect(row).toEqual({ gen: 2, fence: 3, lost: 0, unresolved: 0 });
  });

  it('takes another payload and keeps the old one', async () => {
    const id = await insertTask(failed);
    await redriveTask(testActor, id, { payload: { to: 'her' } });
    expect(await getTask(id)).toMatchObject({ state: 'pending', payload: { to: 'her' }, revisions: 1 });
    await cancelTask(testActor, id);
    await redriveTask(testActor, id, { payload: { to: 'them' } });
    expect(await listRevisions(id)).toMatchObject([
      { revision: 2, payload: { to: 'her' }, replacedBy: `key:${testActor.id}` },
      { revision: 1, payload: { to: 'him' } },
    ]);
    expect(JSON.stringify(await listAudit({ subject: `task:${id}` }))).not.toContain('her');
  });

  it('keeps fifty old payloads', async () => {
    const id = await insertTask(failed);
    await database.sql`
      insert into task_payload_revisions (task_id, revision, payload, replaced_by)
      select ${id}, n, '{}', 'key:test' from generate_series(1, 50) n`;
    await redriveTask(testActor, id, { payload: { to: 'her' } });
    const revisions = await listRevisions(id);
    expect([revisions.length, revisions[0]?.revision, revisions.at(-1)?.revision]).toEqual([50, 51, 2]);
  });

  it('refuses a payload that does not fit, by its fields', async () => {
    const id = await insertTask(failed);
    await expect(redriveTask(testActor, id, { payload: { to: 'x', more: 1 } })).rejects.toMatchObject({
      code: 'invalid',
      fields: expect.arrayContaining([
        expect.objectContaining({ pointer: '/payload/to' }),
        expect.objectContaining({ pointer: '/payload/more' }),
      ]),
    });
    expect(await getTask(id)).toMatchObject({ state: 'failed', payload: { to: 'him' }, revisions: 0 });
  });

  it('cannot check a payload whose definition is gone', async () => {
    const id = await insertTask({ ...failed, definition: 'gone' });
    await expect(redriveTask(testActor, id, { payload: {} })).rejects.toMatchObject({ code: 'conflict' });
    expect(await redriveTask(testActor, id)).toEqual({ id, state: 'pending' });
  });

  it('keeps the success of a completed task that is sent again', async () => {
    const id = await insertTask({
      state: 'completed',
      attempt: 2,
      fence: 2,
      started_at: new Date(),
      worker_id: 'w1',
    });
    await expect(redriveTask(testActor, id)).rejects.toMatchObject({ hint: expect.stringContaining('"again": true') });
    await redriveTask(testActor, id, { again: true });
    expect(await getTask(id)).toMatchObject({
      state: 'pending',
      attempt: 0,
      attempts: [{ attempt: 2, outcome: 'success', workerId: 'w1' }],
    });
  });
});

describe('undismiss', () => {
  it.each(['failed', 'abandoned'] as const)(
    'brings back a dead letter that is %s, and is written down',
    async (state) => {
      const id = await insertTask({ state });
      await dismissTask(testActor, id, 'seen');
      expect(await undismissTask(testActor, id)).toEqual({ id, state });
      expect(await getTask(id)).toMatchObject({ dismissedAt: null, dismissReason: null });
      expect((await auditOf(id)).map(({ action }) => action)).toEqual(['task.undismiss', 'task.dismiss']);
    },
  );

  it('is refused where nothing was dismissed, with the reason', async () => {
    const [open, running] = [await insertTask({ state: 'failed' }), await insertTask({ state: 'running' })];
    await expect(undismissTask(testActor, open)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The task cannot be brought back: it is not dismissed.',
    });
    await expect(undismissTask(testActor, running)).rejects.toMatchObject({
      message: 'The task cannot be brought back: it is running.',
      hint: expect.stringContaining('dead letter'),
    });
  });
});

describe('a definition', () => {
  it('takes no tasks while it is deactivated, even when a worker publishes it again', async () => {
    await setDefinitionActive(testActor, 'greet', false);
    await publishDefinitions([greeting]);
    expect((await listDefinitions()).find(({ name }) => name === 'greet')).toMatchObject({ active: false });
    const task = { definition: 'greet', payload: { to: 'you' } };
    await expect(submit(testActor, task)).rejects.toMatchObject({ code: 'conflict' });
    await setDefinitionActive(testActor, 'greet', true);
    expect((await submit(testActor, task)).state).toBe('pending');
    const { entries } = await listAudit({ subject: 'definition:greet' });
    expect(entries.map(({ action }) => action)).toEqual(['definition.activate', 'definition.deactivate']);
  });

  it('that nobody published is not found', async () => {
    await expect(setDefinitionActive(testActor, 'nope', false)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('against a worker', () => {
  it.each<[string, Told, TaskState]>([
    ['pause', (id) => pauseTask(testActor, id), 'paused'],
    ['cancel', (id) => cancelTask(testActor, id), 'cancelled'],
  ])('%s and claim of a task have one winner', async (_, tell, told) => {
    const claim = createClaim('w1');
    const ids = await Promise.all(Array.from({ length: 40 }, () => insertTask()));
    const outcomes = await Promise.all(
      ids.map(async (id) => {
        const [claimed] = await Promise.all([claim({ taskId: id, gen: 1 }), tell(id).catch(() => undefined)]);
        return { claimed: claimed !== undefined, task: await getTask(id) };
      }),
    );
    for (const { claimed, task } of outcomes)
      expect(task).toMatchObject(
        claimed ? { state: 'running', attempt: 1 } : { state: told, attempt: 0, startedAt: null },
      );
  });

  it('the job of before a retry is refused', async () => {
    const id = await insertTask({ state: 'failed' });
    await retryTask(testActor, id);
    const claim = createClaim('w1');
    expect(await claim({ taskId: id, gen: 1 })).toBeUndefined();
    expect(await claim({ taskId: id, gen: 2 })).toMatchObject({ id, attempt: 1 });
  });
});
