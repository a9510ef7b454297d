import fc from 'fast-check';
import type { NewTask } from './new-task.ts';
import { keyName, type KeyHolder, type KnownTask, planSubmits } from './plan.ts';

const kinds = ['unique', 'window', 'trailing', 'leading'] as const;
type Kind = (typeof kinds)[number];

function taskOf(id: string, kind: Kind, key: string, dependsOn: string[] = []): NewTask {
  const debounce = { key, delayMs: 10, maxWaitMs: 50 };
  const links = {
    unique: { unique: { key } },
    window: { unique: { key, windowMs: 5 } },
    trailing: { debounce: { ...debounce, mode: 'trailing' as const } },
    leading: { debounce: { ...debounce, mode: 'leading' as const } },
  }[kind];
  return {
    columns: {
      id,
      definition: 'd',
      queue: 'default',
      priority: 0,
      payload: { id },
      max_attempts: 1,
      max_lost: 3,
      retry: { attempts: 1, backoff: { type: 'fixed', delay: 0, max: 0, jitter: false } },
      timeout_ms: 1_000,
      submitted_by: 'user:1',
    },
    links: { ...links, dependsOn },
  };
}

const submits = fc.array(fc.record({ kind: fc.constantFrom(...kinds), key: fc.constantFrom('a', 'b', 'c') }), {
  maxLength: 30,
});
const build = (list: { kind: Kind; key: string }[]) => list.map(({ kind, key }, n) => taskOf(`t${n}`, kind, key));

test('submits of one key in one batch make one task, the first of them', () => {
  fc.assert(
    fc.property(submits, (list) => {
      const tasks = build(list);
      const { answers, inserts, keys } = planSubmits(tasks, new Map(), new Map());
      const first = new Map<string, string>();
      for (const [n, { kind, key }] of list.entries()) {
        const name = `${kind === 'unique' || kind === 'window'} ${key}`;
        if (!first.has(name)) first.set(name, `t${n}`);
        expect(answers[n]).toBe(first.get(name));
      }
      expect(inserts.map(({ columns }) => columns.id)).toEqual([...first.values()]);
      expect(keys.map(({ task_id }) => task_id)).toEqual([...first.values()]);
    }),
  );
});

test('each submit is answered by a task that stands there or is inserted, and nothing is inserted that answers nobody', () => {
  const states = fc.constantFrom('pending' as const, 'running' as const, 'completed' as const, 'failed' as const);
  const holders = fc.record({ state: states, started: fc.boolean(), open: fc.constantFrom(true, false, null) });
  fc.assert(
    fc.property(submits, fc.dictionary(fc.constantFrom('a', 'b', 'c'), holders), (list, held) => {
      const known = new Map<string, KnownTask>();
      const keys = new Map<string, KeyHolder>();
      for (const [key, { state, started, open }] of Object.entries(held)) {
        known.set(`held-${key}`, { id: `held-${key}`, state, started });
        for (const kind of ['unique', 'debounce']) keys.set(keyName(kind, 'd', key), { taskId: `held-${key}`, open });
      }
      const plan = planSubmits(build(list), keys, known);
      const inserted = new Set(plan.inserts.map(({ columns }) => columns.id));
      expect(plan.answers).toHaveLength(list.length);
      for (const answer of plan.answers) expect(inserted.has(answer) || known.has(answer)).toBe(true);
      for (const id of inserted) expect(plan.answers).toContain(id);
      expect(new Set(plan.keys.map(({ kind, key }) => `${kind} ${key}`)).size).toBe(plan.keys.length);
    }),
  );
});

test.each([
  ['unique', 'running', null, true],
  ['unique', 'completed', null, false],
  ['window', 'completed', true, true],
  ['window', 'running', false, false],
  ['leading', 'completed', true, true],
  ['leading', 'running', false, false],
] as const)('a %s key of a task that is %s, its window open %p, holds: %p', (kind, state, open, holds) => {
  const holder = new Map([[keyName(kind === 'leading' ? 'debounce' : 'unique', 'd', 'a'), { taskId: 'old', open }]]);
  const { answers } = planSubmits(
    [taskOf('new', kind, 'a')],
    holder,
    new Map([['old', { id: 'old', state, started: true }]]),
  );
  expect(answers).toEqual([holds ? 'old' : 'new']);
});

test.each([
  [false, 'scheduled', 'old'],
  [true, 'pending', 'new'],
  [false, 'cancelled', 'new'],
] as const)(
  'a trailing debounce of a task that has started: %p, and is %s, is answered by the %s one',
  (started, state, answer) => {
    const holder = new Map([[keyName('debounce', 'd', 'a'), { taskId: 'old', open: null }]]);
    const known = new Map<string, KnownTask>([['old', { id: 'old', state, started }]]);
    const plan = planSubmits([taskOf('new', 'trailing', 'a')], holder, known);
    expect(plan.answers).toEqual([answer]);
    expect(plan.replacements).toHaveLength(answer === 'old' ? 1 : 0);
  },
);

test('only parents that have not ended are waited for', () => {
  const known = new Map<string, KnownTask>(
    (['running', 'completed', 'failed'] as const).map((state) => [state, { id: state, state, started: true }]),
  );
  const { inserts, hopeless } = planSubmits(
    [taskOf('t1', 'unique', 'a', ['running', 'completed', 'gone']), taskOf('t2', 'unique', 'b', ['failed'])],
    new Map(),
    known,
  );
  expect(inserts.map(({ columns }) => columns.unresolved)).toEqual([1, undefined]);
  expect(hopeless).toEqual(['t2']);
});
