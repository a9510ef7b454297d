import { setTimeout as delay } from 'node:timers/promises';
import { createGroupCommit, db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { failpoint } from '#lib/failpoint';
import { log, metrics } from '#lib/observability/index';
import { findRepeated, insertTasks } from './insert.ts';
import { tellEffects, writeLinked } from './linked.ts';
import type { Accepted, NewTask, TaskColumns } from './new-task.ts';

const plain = createGroupCommit<TaskColumns, Accepted | undefined>({
  op: 'accept',
  write: (tasks) => orReadBack(tasks, () => insertTasks(db(), tasks)),
});

const linked = createGroupCommit<NewTask, Accepted | undefined>({
  op: 'accept_linked',
  maxItems: 100,
  write: (tasks) =>
    orReadBack(
      tasks.map(({ columns }) => columns),
      async () => {
        const { answers, effects } = await db().begin((tx) => writeLinked(tx, tasks));
        tellEffects(effects);
        return answers;
      },
    ),
});

/** A batch is a transaction of its own, so that it is accepted or refused as a whole. */
const batches = createGroupCommit<NewTask[], (Accepted | undefined)[]>({
  op: 'accept_batch',
  maxItems: 1,
  write: async ([tasks = []]) => {
    const columns = tasks.map((task) => task.columns);
    const accepted = await orReadBack(columns, async () => {
      const { answers, effects } = await db().begin(async (tx) => {
        const written = tasks.some(({ links }) => links)
          ? await writeLinked(tx, tasks)
          : { answers: await insertTasks(tx, columns), effects: undefined };
        written.answers.forEach(requireSameRequest);
        return written;
      });
      if (effects) tellEffects(effects);
      return answers;
    });
    return [accepted];
  },
});

/**
 * Commits a task; those that come together share a statement, or a transaction where they have to do with others.
 * @throws TaskdeckError conflict (its idempotency key is another request's), unavailable (nobody can say what happened).
 */
export async function accept(task: NewTask): Promise<Accepted> {
  return requireSameRequest(known(await (task.links ? linked.add(task) : plain.add(task.columns))));
}

/** Commits many tasks, all or none. @throws TaskdeckError as `accept`. */
export async function acceptAll(tasks: NewTask[]): Promise<Accepted[]> {
  return (await batches.add(tasks)).map(known);
}

function requireSameRequest(accepted: Accepted): Accepted {
  if (accepted.sameRequest) return accepted;
  metrics.enqueueRejectedTotal.inc({ reason: 'duplicate' });
  throw new TaskdeckError('conflict', 'This Idempotency-Key was used for another request.', {
    hint: 'Use a new key for a new task, or send the same body again.',
    fields: [{ pointer: '/Idempotency-Key', message: 'belongs to another request' }],
  });
}

function known(accepted: Accepted | undefined): Accepted {
  if (accepted) return accepted;
  throw new TaskdeckError('unavailable', 'The database was lost while it wrote: the task may or may not be accepted.', {
    hint: 'Send it again. With an Idempotency-Key, the same one, that is safe whatever has happened.',
    retryAfterSeconds: 5,
  });
}

/** The connection broke after the statement was sent, so it says nothing about the commit. */
const lostAnswers = /^(08[0-9A-Z]{3}|57P0[12]|CONNECTION_CLOSED|CONNECTION_DESTROYED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
const mayHaveCommitted = (error: unknown): boolean =>
  error instanceof Error && lostAnswers.test(String((error as { code?: unknown }).code ?? ''));

const readBackForMs = 5_000;

/**
 * Writes tasks. When the connection breaks meanwhile they are looked up by the ids that we gave them: never inserted twice,
 * and never taken for lost when they stand there.
 *
 * @returns what became of each; undefined where nobody can say.
 */
async function orReadBack(tasks: TaskColumns[], write: () => Promise<Accepted[]>): Promise<(Accepted | undefined)[]> {
  await failpoint('web.before_commit');
  try {
    const accepted = await write();
    await failpoint('web.after_commit');
    return accepted;
  } catch (error) {
    if (!mayHaveCommitted(error)) throw error;
    log.warn('The connection broke while tasks were accepted; they are looked up', { tasks: tasks.length, error });
  }
  for (const end = Date.now() + readBackForMs; Date.now() < end; await delay(100)) {
    try {
      return await readBack(tasks);
    } catch (error) {
      log.debug('They could not be looked up yet', { error });
    }
  }
  return tasks.map(() => undefined);
}

async function readBack(tasks: TaskColumns[]): Promise<(Accepted | undefined)[]> {
  const rows = await db()<Accepted[]>`
    select id, state, false as duplicate, true as "sameRequest", created_at as "createdAt", run_at as "runAt"
    from tasks where id = any(${tasks.map(({ id }) => id)}::uuid[])`;
  const found = new Map(rows.map((row) => [row.id, row]));
  const repeated = await findRepeated(
    db(),
    tasks.filter(({ id }) => !found.has(id)),
  );
  return tasks.map(({ id }) => found.get(id) ?? repeated.get(id));
}
