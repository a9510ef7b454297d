/**
 * The model test, as a program of its own because the verbs of lib work on the process's database. Random steps of one to three
 * operations at once, each from a session of its own, on a task in a real Postgres; after each step the row must be what some
 * order of the operations leaves. Prints `{"sequences": n, "steps": n}`; a counterexample, made short, is printed and ends with 1.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { db, openDatabase, useDatabase } from '#lib/db/index';
import { config } from '#lib/config';
import { configureLog } from '#lib/observability/index';
import { publishDefinitions } from '#lib/tasks/index';
import { mayBecome, type TaskState, taskStates } from '#lib/tasks/state';
import work from '../workplace/workers/tasks/work.ts';
import { type ModelTask, type Operation, possible, submitted } from './model.ts';
import { perform, readTask, submitOne } from './session.ts';

const { values } = parseArgs({ options: { sequences: { type: 'string' }, seed: { type: 'string' } } });

type Step = { kind: 'operations'; operations: Operation[] } | { kind: 'forge'; state: TaskState };

const stale = fc.boolean();
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('claim' as const), stale: fc.constant(false) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('claim' as const), stale }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('finish' as const),
      stale: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
      as: fc.constantFrom('completed', 'failed', 'retrying', 'retrying', 'pending'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('cancel', 'reap', 'promote', 'promote', 'retry') }) },
);
const atOnce = fc.array(operation, { minLength: 1, maxLength: 3 });
// A beat renews what a reaper is about to end: it stands alone, or the model would have to know of time.
const beatAlone = fc.constant<Operation[]>([{ do: 'beat' }]);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .oneof({ weight: 5, arbitrary: atOnce }, { weight: 1, arbitrary: beatAlone })
      .map((operations): Step => ({ kind: 'operations', operations })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...taskStates).map((state): Step => ({ kind: 'forge', state })) },
);

let steps = 0;

const same = (a: ModelTask, b: ModelTask): boolean =>
  a.state === b.state &&
  a.gen === b.gen &&
  a.fence === b.fence &&
  a.attempt === b.attempt &&
  a.cancelRequested === b.cancelRequested;

/** What no statement of ours does: the trigger must refuse it. */
async function forge(id: string, from: TaskState, to: TaskState): Promise<void> {
  if (from === to || mayBecome(from, to)) return;
  const refused = await db()`update tasks set state = ${to}::task_state where id = ${id}`.then(
    () => false,
    () => true,
  );
  if (!refused) throw new Error(`the trigger let a task go from ${from} to ${to}`);
}

async function holds(sequence: Step[]): Promise<void> {
  const id = await submitOne();
  let task = submitted;
  for (const taken of sequence) {
    steps += 1;
    if (taken.kind === 'forge') {
      await forge(id, task.state, taken.state);
      continue;
    }
    const { operations } = taken;
    await Promise.all(operations.map((one) => perform(id, one, task)));
    const row = await readTask(id);
    const allowed = possible(task, operations);
    if (!allowed.some((model) => same(model, row)))
      throw new Error(
        `from ${JSON.stringify(task)} by ${JSON.stringify(operations)}: ${JSON.stringify(row)} is none of ${JSON.stringify(allowed)}`,
      );
    task = row;
  }
}

configureLog({ service: 'model', silent: true });
useDatabase(openDatabase(config().DATABASE_URL, { max: 6, name: 'faults-model' }));
await publishDefinitions([work]);
const sequences = Number(values.sequences ?? 100);
try {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), holds), {
    numRuns: sequences,
    seed: Number(values.seed ?? 1),
    interruptAfterTimeLimit: 3_600_000,
    markInterruptAsFailure: true,
  });
  console.log(JSON.stringify({ sequences, steps }));
  process.exit(0);
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? `${error.cause.message}\n` : '';
  console.log(`${cause}${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
