import { db, type Queryable, untilConnected } from '#lib/db/index';
import type { TaskContext } from '#lib/tasks/define';
import { toStoredResult } from '#lib/tasks/stored';
import { LeaseLost } from './classify.ts';
import type { Ports, Work } from './context.ts';
import { type Ended, endAttempts, type Ending, recordedColumns } from './finish.ts';

/** How an attempt ended; `ended` is the row, where the body has completed its task itself. */
export type Executed = { ending: Ending; ended?: Ended };

export type Completion = {
  complete: TaskContext['complete'];
  /** Undefined as long as the body has not completed its task. */
  executed(): Executed | undefined;
};

/** The `complete` of one attempt: the effect and the completion in one transaction, once. */
export function createCompletion(work: Work, flush: Ports['flush']): Completion {
  let executed: Executed | undefined;
  return {
    complete: async (effect) => {
      if (executed) throw new Error('complete() was called before: the task is completed.');
      // What it said is kept before the ending, as that of every attempt.
      await flush();
      const { result, ...written } = await completeWith(work, effect);
      executed = written;
      return result;
    },
    executed: () => executed,
  };
}

async function completeWith<T>(
  { id, fence }: Work,
  effect: (sql: Queryable) => Promise<T>,
): Promise<Executed & { result: T }> {
  const kept: { done?: { result: T; ending: Ending } } = {};
  try {
    const ended = await db().begin(async (tx) => {
      const result = await effect(tx);
      const ending: Ending = { state: 'completed', outcome: 'success', result: toStoredResult(result) };
      kept.done = { result, ending };
      const [row] = await endAttempts(tx, [{ id, fence, ending }]);
      if (!row) throw new LeaseLost('The task is not ours any more: nothing of this is kept.');
      return row;
    });
    if (!kept.done) throw new Error('a transaction ended without its effect');
    return { ...kept.done, ended };
  } catch (error) {
    // A connection that was lost at the commit says nothing about it: the row does.
    const ended = kept.done && (await readCompleted({ id, fence }));
    if (!kept.done || !ended) throw error;
    return { ...kept.done, ended };
  }
}

/** The row, when this very attempt has completed it: no other ever has its fence. Waits for Postgres while it is away. */
export async function readCompleted({ id, fence }: Pick<Work, 'id' | 'fence'>): Promise<Ended | undefined> {
  const [row] = await untilConnected(
    () => db()<Ended[]>`
      select ${recordedColumns()} from tasks t where id = ${id} and fence = ${fence} and state::text = 'completed'`,
  );
  return row;
}
