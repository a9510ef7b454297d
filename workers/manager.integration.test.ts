import { z } from 'zod';
import { testActor } from './testing.ts';
import { createTaskManager, type TaskEvent } from '#lib/manager/index';
import { closeEngine } from '#lib/queues/index';
import { listAudit } from '#lib/audit/index';
import { defineTask } from '#lib/tasks/define';
import { publishDefinitions } from '#lib/tasks/index';
import { type TestDatabase, testDatabase } from '../scripts/testing/database.ts';
import { testEngines, useTestEngine } from '../scripts/testing/engines.ts';
import { startWorker } from './worker.ts';

const payload = z.object({ name: z.string() });

describe.each(testEngines)('a program with a task manager on the %s engine', (kind) => {
  let database: TestDatabase;
  const context = { greeting: 'Hello' };
  const newManager = () =>
    createTaskManager({ actor: { ...testActor, role: 'admin' }, context, startWorker: (all) => startWorker(all, 200) });
  let manager: ReturnType<typeof newManager>;

  beforeAll(async () => {
    database = await testDatabase();
    await useTestEngine(kind);
    manager = newManager();
    manager.registerHandler({
      name: 'greet',
      payload,
      run: async ({ name }, task, { greeting, emit }) => {
        task.progress(0.5);
        if (name === 'nobody') throw new Error('There is nobody to greet.');
        if (name === 'both') return emit('greet', { name: 'the other' });
        if (name === 'slow')
          await new Promise((_, reject) => task.signal.addEventListener('abort', () => reject(task.signal.reason)));
        return { text: `${greeting} ${name}` };
      },
    });
    await manager.start();
  });

  afterAll(async () => {
    await manager.stop();
    await closeEngine();
    await database.drop();
  });

  it('schedules a task, runs it by its own handler with the context, and waits for the result', async () => {
    const id = await manager.schedule('greet', { name: 'Ada' });
    await expect(manager.waitFor(id)).resolves.toMatchObject({ state: 'completed', result: { text: 'Hello Ada' } });
    expect(await manager.getTask(id)).toMatchObject({ submittedBy: `key:${testActor.id}`, attempt: 1 });
  });

  it('lets a handler send another task', async () => {
    const { result } = await manager.waitFor(await manager.schedule('greet', { name: 'both' }));
    const { id } = z.object({ id: z.uuid() }).parse(result);
    await expect(manager.waitFor(id)).resolves.toMatchObject({ result: { text: 'Hello the other' } });
  });

  it('schedules many at once, all or none', async () => {
    const ids = await manager.scheduleBatch([
      { definition: 'greet', payload: { name: 'Ada' } },
      { definition: { name: 'greet' }, payload: { name: 'Bob' }, tags: ['vip'] },
    ]);
    const tasks = await Promise.all(ids.map((id) => manager.waitFor(id)));
    expect(tasks.map(({ result }) => result)).toEqual([{ text: 'Hello Ada' }, { text: 'Hello Bob' }]);
    const wrong = [{ definition: 'greet', payload: { name: 'Eve' } }, { definition: 'greet' }];
    await expect(manager.scheduleBatch(wrong)).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/1/payload/name' }],
    });
    expect((await manager.listTasks({ tag: 'vip' })).tasks.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('tells of what becomes of its tasks, and remembers it', async () => {
    const seen: TaskEvent[] = [];
    const ends: string[] = [];
    const stopListening = manager.on('failed', (event) => seen.push(event));
    const broken = () => {
      throw new Error('a handler of events that fails');
    };
    const end = ({ taskId }: TaskEvent) => ends.push(taskId);
    manager.on('completed', broken);
    manager.on('completed', end);
    const failed = await manager.schedule('greet', { name: 'nobody' });
    const completed = await manager.schedule('greet', { name: 'Ada' });
    await Promise.all([manager.waitFor(failed), manager.waitFor(completed)]);
    expect(seen).toMatchObject([
      { type: 'failed', taskId: failed, task: { error: { message: 'There is nobody to greet.' } } },
    ]);
    expect(ends).toEqual([completed]);
    expect(manager.history({ type: 'completed', taskId: completed })).toHaveLength(1);
    stopListening();
    manager.off('completed', end);
    manager.off('completed', broken);
    await manager.waitFor(await manager.schedule('greet', { name: 'Ada' }));
    expect(ends).toEqual([completed]);
  });

  it('pauses and resumes a task that waits', async () => {
    const id = await manager.schedule('greet', { name: 'Ada' }, { delayMs: 3_600_000 });
    expect(await manager.pause(id)).toEqual({ id, state: 'paused' });
    expect(await manager.resume(id)).toEqual({ id, state: 'scheduled' });
    expect(await manager.cancel(id)).toEqual({ id, state: 'cancelled' });
  });

  it('cancels many, whatever they are doing, leaves alone what has ended, and says so in the audit log', async () => {
    const running = await manager.schedule('greet', { name: 'slow' });
    const waiting = await manager.schedule('greet', { name: 'Ada' }, { delayMs: 3_600_000 });
    const ended = await manager.schedule('greet', { name: 'Ada' });
    await manager.waitFor(ended);
    expect((await manager.cancelBatch([running, waiting, ended])).sort()).toEqual([running, waiting].sort());
    const [first, second] = await Promise.all([manager.waitFor(running), manager.waitFor(waiting)]);
    expect([first.state, second.state]).toEqual(['cancelled', 'cancelled']);
    expect((await listAudit({ subject: `task:${waiting}` })).entries).toMatchObject([{ action: 'task.cancel' }]);
  });

  it('retries a failed task, and redrives one with another payload', async () => {
    const id = await manager.schedule('greet', { name: 'nobody' });
    expect(await manager.waitFor(id)).toMatchObject({ state: 'failed' });
    await manager.retry(id);
    expect(await manager.waitFor(id)).toMatchObject({ state: 'failed' });
    await manager.redrive(id, { payload: { name: 'Ada' } });
    expect(await manager.waitFor(id)).toMatchObject({ state: 'completed', result: { text: 'Hello Ada' } });
  });

  it('purges completed tasks in the background', async () => {
    const id = await manager.schedule('greet', { name: 'Ada' });
    await manager.waitFor(id);
    expect(await manager.purgeCompleted()).toMatchObject({ verb: 'purge', state: 'running' });
  });

  it('takes no handler while workers run, and none twice', async () => {
    const other = defineTask({ name: 'other', title: 'Other', payload, run: async () => null });
    expect(() => manager.registerHandler(other)).toThrow('before they start');
    const second = newManager();
    second.registerHandler(other);
    expect(() => second.registerHandler(other)).toThrow('already');
  });

  it('scales its workers, and stops them all', async () => {
    const alive = async () => {
      const [row] = await database.sql<
        { n: number }[]
      >`select count(*) as n from workers where state not in ('stopped')`;
      return row?.n;
    };
    await Promise.all([manager.scaleWorkers(3), manager.scaleWorkers(2)]);
    expect(await alive()).toBe(2);
    await manager.startWorkers();
    expect(await alive()).toBe(3);
    await manager.stopWorkers();
    expect(await alive()).toBe(0);
    await manager.start();
    expect(await alive()).toBe(1);
    await manager.waitFor(await manager.schedule('greet', { name: 'Ada' }));
  });
});

describe('a program without workers', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
    await useTestEngine('postgres');
    await publishDefinitions([defineTask({ name: 'greet', title: 'Greet', payload, run: async () => null })]);
  });
  afterAll(async () => {
    await closeEngine();
    await database.drop();
  });

  it('submits and watches, and says what it lacks when it is to run something', async () => {
    const manager = createTaskManager();
    const states: string[] = [];
    manager.on('cancelled', ({ task }) => states.push(task.state));
    const id = await manager.schedule('greet', { name: 'Ada' });
    const waiting = manager.waitFor(id);
    await manager.cancel(id);
    await expect(waiting).resolves.toMatchObject({ state: 'cancelled' });
    await expect(manager.startWorkers()).rejects.toMatchObject({ hint: expect.stringContaining('#workers/worker') });
    expect(await manager.getTask(id)).toMatchObject({ submittedBy: 'system' });
    await manager.stop();
    expect(states).toEqual(['cancelled']);
  });
});
