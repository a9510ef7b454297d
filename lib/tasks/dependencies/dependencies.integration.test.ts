import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { useTestEngine } from '../../../scripts/testing/engines.ts';
import { closeEngine } from '#lib/queues/index';
import { flushFeed } from '#lib/realtime/index';
import { type Ended, endAttempts } from '../../../workers/runner/finish.ts';
import { createProbe, testActor, waitFor, waitForState } from '../../../workers/testing.ts';
import { afterEndedSettled } from '../after-ended.ts';
import { dispatchSettled } from '../dispatch/dispatch.ts';
import { afterEnded, createDependencySweep, getTask, publishDefinitions, submit, submitMany } from '../index.ts';
import type { TaskState } from '../state.ts';
import { writeLinked } from '../submit/linked.ts';
import { prepare } from '../submit/prepare.ts';
import type { SubmitInput } from '../submit/submit-schema.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await useTestEngine('redis');
  await publishDefinitions([createProbe().definition]);
});
afterAll(async () => {
  await afterEndedSettled();
  await dispatchSettled();
  await flushFeed();
  await closeEngine();
  await database.drop();
});

const send = (options: Partial<SubmitInput> = {}) =>
  submit(testActor, { definition: 'probe', payload: { do: 'return' }, ...options });

/** As the runner ends a task, but nobody is told. */
async function endQuietly(id: string, state: TaskState): Promise<void> {
  await database.sql`update tasks set state = 'running', fence = fence + 1, attempt = 1 where id = ${id} and state = 'pending'`;
  await database.sql`update tasks set state = ${state}, finished_at = now() where id = ${id}`;
}

async function end(id: string, state: TaskState): Promise<void> {
  await endQuietly(id, state);
  const [row] = await database.sql<{ hasDependents: boolean }[]>`
    select has_dependents as "hasDependents" from tasks where id = ${id}`;
  afterEnded([{ id, state, hasDependents: row?.hasDependents ?? false, concurrencyKey: null }]);
  await afterEndedSettled();
}

const stateOf = async (id: string) => (await getTask(id))?.state;

test('a task waits for all that it depends on', async () => {
  const [one, two] = [await send(), await send()];
  const { id, state } = await send({ dependsOn: [one.id, two.id] });
  expect(state).toBe('blocked');
  await end(one.id, 'completed');
  expect(await stateOf(id)).toBe('blocked');
  await end(two.id, 'completed');
  expect(await stateOf(id)).toBe('pending');
});

test('a task whose time has not come is scheduled when it is free', async () => {
  const parent = await send();
  const { id } = await send({ dependsOn: [parent.id], delayMs: 60_000 });
  await end(parent.id, 'completed');
  expect(await stateOf(id)).toBe('scheduled');
});

test('what has ended already is not waited for', async () => {
  const parent = await send();
  await endQuietly(parent.id, 'completed');
  expect(await send({ dependsOn: [parent.id] })).toMatchObject({ state: 'pending' });
});

test.each(['failed', 'cancelled', 'abandoned'] as const)(
  'with a parent that is %s a task is cancelled, or runs if it is to run all the same',
  async (state) => {
    const parent = await send();
    const cautious = await send({ dependsOn: [parent.id] });
    const child = await send({ dependsOn: [cautious.id] });
    const bold = await send({ dependsOn: [parent.id], onDependencyFailure: 'run' });
    await end(parent.id, state);
    expect(await getTask(cautious.id)).toMatchObject({ state: 'cancelled', error: { name: 'DependencyFailed' } });
    expect(await stateOf(bold.id)).toBe('pending');
    expect(await stateOf(child.id)).toBe('cancelled');

    expect(await send({ dependsOn: [parent.id] })).toMatchObject({ state: 'cancelled' });
    expect(await send({ dependsOn: [parent.id], onDependencyFailure: 'run' })).toMatchObject({ state: 'pending' });
  },
);

test('a parent that ends while its child is submitted frees it all the same', async () => {
  const parents = await submitMany(
    testActor,
    Array.from({ length: 20 }, () => ({ definition: 'probe', payload: { do: 'return' } })),
  );
  const children = await Promise.all(
    parents.map(async ({ id }) => {
      const [child] = await Promise.all([send({ dependsOn: [id] }), end(id, 'completed')]);
      return child;
    }),
  );
  for (const { id } of children) expect(await waitForState(id, ['pending'])).toMatchObject({ attempt: 0 });
});

test('an end that waits for the submit of a child knows that it has one', async () => {
  const { id } = await send();
  await database.sql`update tasks set state = 'running', fence = 1, attempt = 1, started_at = now() where id = ${id}`;
  const task = await prepare(testActor, { definition: 'probe', payload: { do: 'return' }, dependsOn: [id] }, {});
  const ending = { state: 'completed', outcome: 'success', result: null } as const;
  let ended: Promise<Ended[]> | undefined;
  await database.sql.begin(async (tx) => {
    await writeLinked(tx, [task]);
    ended = endAttempts(database.sql, [{ id, fence: 1, ending }]);
    await waitFor('the end to wait for the lock', async () => {
      const waiting = await database.sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.count > 0;
    });
  });
  expect(await ended).toMatchObject([{ state: 'completed', hasDependents: true }]);
});

test('two parents that end at the same time free their child once', async () => {
  const parents = await Promise.all(Array.from({ length: 10 }, () => send()));
  const { id } = await send({ dependsOn: parents.map((parent) => parent.id) });
  await Promise.all(parents.map((parent) => end(parent.id, 'completed')));
  expect(await stateOf(id)).toBe('pending');
  expect((await database.sql`select unresolved from tasks where id = ${id}`)[0]).toEqual({ unresolved: 0 });
});

test('a paused child is not set free, but cancelled with its parent', async () => {
  const [one, two] = [await send(), await send()];
  const paused = await send({ dependsOn: [one.id] });
  const doomed = await send({ dependsOn: [two.id] });
  await database.sql`update tasks set state = 'paused', paused_from = 'blocked' where id in (${paused.id}, ${doomed.id})`;
  await end(one.id, 'completed');
  await end(two.id, 'failed');
  expect((await database.sql`select state, unresolved from tasks where id = ${paused.id}`)[0]).toEqual({
    state: 'paused',
    unresolved: 0,
  });
  expect(await stateOf(doomed.id)).toBe('cancelled');
});

test('more dependents than a statement takes are all set free', async () => {
  const parent = await send();
  const child = { definition: 'probe', payload: { do: 'return' }, dependsOn: [parent.id] };
  const children = await submitMany(
    testActor,
    Array.from({ length: 700 }, () => child),
  );
  await end(parent.id, 'completed');
  const ids = children.map(({ id }) => id);
  expect(await database.sql`select distinct state from tasks where id = any(${ids})`).toEqual([{ state: 'pending' }]);
});

test('what a crash has left is found by the sweep', async () => {
  const [done, failed, open] = [await send(), await send(), await send()];
  const freed = await send({ dependsOn: [done.id] });
  const doomed = await send({ dependsOn: [failed.id] });
  const grandchild = await send({ dependsOn: [doomed.id] });
  const waiting = await send({ dependsOn: [done.id, open.id] });
  await endQuietly(done.id, 'completed');
  await endQuietly(failed.id, 'failed');
  const sweep = createDependencySweep();
  await sweep();
  await afterEndedSettled();
  expect(await stateOf(freed.id)).toBe('pending');
  expect(await stateOf(doomed.id)).toBe('cancelled');
  expect(await stateOf(grandchild.id)).toBe('cancelled');
  expect(await stateOf(waiting.id)).toBe('blocked');
});

test('only tasks that exist can be waited for', async () => {
  const missing = '0198c0de-0000-7000-8000-00000000ffff';
  const parent = await send();
  await expect(send({ dependsOn: [parent.id, missing] })).rejects.toMatchObject({
    code: 'invalid',
    fields: [{ pointer: '/dependsOn/1', message: 'is not a task' }],
  });
});
