import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { getTaskGraph } from './graph.ts';
import { insertTask } from '../testing/insert.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

const waitsFor = (task: string, parent: string) =>
  database.sql`insert into task_dependencies (task_id, depends_on) values (${task}, ${parent})`;

test('a task alone is a graph of one', async () => {
  const id = await insertTask();
  expect(await getTaskGraph(id)).toEqual({
    nodes: [{ id, definition: 'probe', state: 'pending', relation: 'self', createdAt: expect.any(String) }],
    edges: [],
    more: false,
  });
});

test('there is none of a task that does not exist', async () => {
  expect(await getTaskGraph('0193e8a0-0000-7000-8000-000000000000')).toBeNull();
});

test('it has what a task came from and what came from it, and not its brothers', async () => {
  const grandparent = await insertTask({ state: 'completed' });
  const parent = await insertTask({ state: 'completed', parent_id: grandparent });
  const self = await insertTask({ parent_id: parent });
  const brother = await insertTask({ parent_id: parent });
  const dependency = await insertTask({ state: 'running' });
  const child = await insertTask({ parent_id: self });
  const dependent = await insertTask({ state: 'blocked', unresolved: 1 });
  await waitsFor(self, dependency);
  await waitsFor(dependent, self);

  const graph = await getTaskGraph(self);
  expect(Object.fromEntries(graph?.nodes.map(({ id, relation }) => [id, relation]) ?? [])).toEqual({
    [grandparent]: 'parent',
    [parent]: 'parent',
    [self]: 'self',
    [dependency]: 'dependency',
    [child]: 'child',
    [dependent]: 'dependent',
  });
  expect(graph?.nodes.map(({ id }) => id)).not.toContain(brother);
  expect(graph?.edges).toHaveLength(5);
  expect(graph?.edges).toEqual(
    expect.arrayContaining([
      { from: grandparent, to: parent, kind: 'parent' },
      { from: parent, to: self, kind: 'parent' },
      { from: dependency, to: self, kind: 'dependency' },
      { from: self, to: child, kind: 'parent' },
      { from: self, to: dependent, kind: 'dependency' },
    ]),
  );
});

test('a parent that was deleted leaves no edge behind', async () => {
  const self = await insertTask({ parent_id: '0193e8a0-0000-7000-8000-000000000000' });
  expect(await getTaskGraph(self)).toMatchObject({ nodes: [{ id: self }], edges: [] });
});

test('it is bounded, and says that there is more', async () => {
  const self = await insertTask({ state: 'completed' });
  const dependency = await insertTask({ state: 'completed' });
  await waitsFor(self, dependency);
  await database.sql`
    insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at,
      submitted_by, parent_id)
    select gen_random_uuid(), 'probe', 'default', 'pending', '{}', 1, '{}', 1000, now(), now(), 'infinity', 'system', ${self}
    from generate_series(1, 500)`;
  const graph = await getTaskGraph(self);
  expect(graph?.more).toBe(true);
  expect(graph?.nodes).toHaveLength(200);
  expect(graph?.nodes.map(({ id }) => id)).toContain(dependency);
});
