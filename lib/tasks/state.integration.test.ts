import { type TestDatabase, testDatabase } from '../../scripts/testing/database.ts';
import { mayBecome, taskStates, terminalStates } from './state.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

const insert = async (state: string): Promise<string> => {
  const [row] = await database.sql<{ id: string }[]>`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
    values (gen_random_uuid(), 'probe', 'default', ${state}::task_state, '{}', 3, '{}', 1000, now(), now(), now(), 'key:test') returning id`;
  return row?.id ?? '';
};

describe('the states in SQL', () => {
  it('are those of TypeScript', async () => {
    const rows = await database.sql<{ state: string }[]>`select unnest(enum_range(null::task_state))::text as state`;
    expect(rows.map(({ state }) => state)).toEqual([...taskStates]);
  });

  it('may follow one another as TypeScript says', async () => {
    const rows = await database.sql<
      { from: (typeof taskStates)[number]; to: (typeof taskStates)[number]; allowed: boolean }[]
    >`
      select f as "from", t as "to", task_transition_allowed(f, t) as allowed
      from unnest(enum_range(null::task_state)) f, unnest(enum_range(null::task_state)) t where f <> t`;
    expect(rows).toHaveLength(taskStates.length * (taskStates.length - 1));
    const different = rows.filter(({ from, to, allowed }) => allowed !== mayBecome(from, to));
    expect(different).toEqual([]);
  });
});

describe('the trigger', () => {
  it.each(
    taskStates.flatMap((from) =>
      taskStates.filter((to) => to !== from && !mayBecome(from, to)).map((to) => [from, to] as const),
    ),
  )('refuses %s -> %s', async (from, to) => {
    const id = await insert(from);
    await expect(
      database.sql`update tasks set state = ${to}::task_state, gen = gen + 1, fence = fence + 1 where id = ${id}`,
    ).rejects.toMatchObject({ code: '23514', constraint_name: 'task_transition' });
  });

  it.each(terminalStates)('lets a task leave %s only with a new gen', async (state) => {
    const id = await insert(state);
    await expect(database.sql`update tasks set state = 'pending' where id = ${id}`).rejects.toMatchObject({
      constraint_name: 'task_redrive',
    });
    await database.sql`update tasks set state = 'pending', gen = gen + 1 where id = ${id}`;
  });

  it('lets a task run only with a new fence', async () => {
    const id = await insert('pending');
    await expect(database.sql`update tasks set state = 'running' where id = ${id}`).rejects.toMatchObject({
      constraint_name: 'task_fence',
    });
  });

  it.each(['fence', 'gen'])('never lets the %s go down', async (column) => {
    const id = await insert('pending');
    await expect(database.sql`update tasks set ${database.sql(column)} = -1 where id = ${id}`).rejects.toMatchObject({
      constraint_name: 'task_fence',
    });
  });

  it('raises the version with each change', async () => {
    const id = await insert('pending');
    await database.sql`update tasks set priority = 5 where id = ${id}`;
    const [row] = await database.sql<{ version: number }[]>`select version from tasks where id = ${id}`;
    expect(row?.version).toBe(2);
  });
});
