import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';

// The trigger's condition lets a claim and a completion pass without a call. What it lets pass is tested here; all else in
// state.integration.test.ts.
let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()), 30_000);
afterAll(() => database.drop(), 30_000);

async function insert(state: string): Promise<string> {
  const [row] = await database.sql<{ id: string }[]>`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at,
      submitted_by, gen, fence, version)
    values (gen_random_uuid(), 'probe', 'default', ${state}::task_state, '{}', 3, '{}', 1000, now(), now(), now(),
      'key:test', 2, 5, 7) returning id`;
  return row?.id ?? '';
}

async function versionOf(id: string): Promise<number | undefined> {
  const [row] = await database.sql<{ version: number }[]>`select version from tasks where id = ${id}`;
  return row?.version;
}

describe('a claim', () => {
  it.each([
    ['raises the version itself', 8],
    ['leaves it to the trigger', 7],
    ['writes any other', 70],
  ])('that %s ends one version further', async (_, version) => {
    const id = await insert('pending');
    await database.sql`update tasks set state = 'running', fence = 6, version = ${version} where id = ${id}`;
    expect(await versionOf(id)).toBe(8);
  });

  it.each([
    ['the old fence', { fence: 5 }],
    ['a fence too far', { fence: 7 }],
    ['a lower gen', { fence: 6, gen: 1 }],
  ])('with %s is refused although it raises the version', async (_, change) => {
    const id = await insert('pending');
    const update = { ...change, state: 'running', version: 8 };
    await expect(database.sql`update tasks set ${database.sql(update)} where id = ${id}`).rejects.toMatchObject({
      constraint_name: 'task_fence',
    });
  });
});

describe('a completion', () => {
  it('of a task that runs passes', async () => {
    const id = await insert('running');
    await database.sql`update tasks set state = 'completed', version = version + 1 where id = ${id}`;
    expect(await versionOf(id)).toBe(8);
  });

  it.each(['pending', 'failed', 'cancelled'])('of a task that is %s is refused', async (state) => {
    const id = await insert(state);
    await expect(
      database.sql`update tasks set state = 'completed', version = version + 1 where id = ${id}`,
    ).rejects.toMatchObject({ constraint_name: 'task_transition' });
  });

  it('with a lower fence is refused', async () => {
    const id = await insert('running');
    await expect(
      database.sql`update tasks set state = 'completed', version = version + 1, fence = 4 where id = ${id}`,
    ).rejects.toMatchObject({ constraint_name: 'task_fence' });
  });
});
