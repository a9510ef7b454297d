import type { Actor } from '#lib/access/types';
import { db } from '#lib/db/index';
import { isTaskdeckError } from '../../app/api/problem.ts';
import { cancelTask, promoteDue, retryTask, submit } from '#lib/tasks/index';
import { reapLost } from '../../workers/maintenance/reaper.ts';
import { beat } from '../../workers/runner/beat.ts';
import { createClaim } from '../../workers/runner/claim.ts';
import { createFinish, type Ending } from '../../workers/runner/finish.ts';
import { maxAttempts, maxLost, type ModelTask, type Operation } from './model.ts';

const actor: Actor = { kind: 'key', id: '0198c0de-0000-7000-8000-00000000f032', name: 'model', role: 'admin' };
const error = { name: 'Error', message: 'as the model says' };

const endings: Record<'completed' | 'failed' | 'retrying' | 'pending', Ending> = {
  completed: { state: 'completed', outcome: 'success', result: null },
  failed: { state: 'failed', outcome: 'failure', error },
  retrying: { state: 'retrying', outcome: 'failure', error, delayMs: 0 },
  pending: { state: 'pending', outcome: 'released' },
};

/** A pending task with the model's limits. */
export async function submitOne(): Promise<string> {
  const { id } = await submit(actor, { definition: 'work', payload: { data: 'model' } });
  await db()`update tasks set max_attempts = ${maxAttempts}, max_lost = ${maxLost} where id = ${id}`;
  return id;
}

export async function readTask(id: string): Promise<ModelTask> {
  const [row] = await db()<ModelTask[]>`
    select state, gen, fence, attempt, lost, cancel_requested_at is not null as "cancelRequested" from tasks where id = ${id}`;
  if (!row) throw new Error(`task ${id} is gone`);
  return row;
}

/** Does the operation by the very functions that the product uses, each on a connection of its own. A refusal is an answer too. */
export async function perform(id: string, operation: Operation, known: ModelTask): Promise<void> {
  switch (operation.do) {
    case 'claim':
      return void (await createClaim('model')({ taskId: id, gen: operation.stale ? known.gen - 1 : known.gen }));
    case 'finish':
      return void (await createFinish()({
        id,
        fence: operation.stale ? known.fence - 1 : known.fence,
        ending: endings[operation.as],
      }));
    case 'beat':
      return void (await beat([{ id, fence: known.fence }]));
    case 'reap':
      await db()`update tasks set lease_until = clock_timestamp() - interval '1 second' where id = ${id} and state = 'running'`;
      return void (await reapLost());
    case 'promote':
      await db()`update tasks set run_at = clock_timestamp() where id = ${id} and state = 'retrying'`;
      return void (await promoteDue());
    case 'cancel':
      return refusable(cancelTask(actor, id));
    case 'retry':
      return refusable(retryTask(actor, id));
  }
}

async function refusable(work: Promise<unknown>): Promise<void> {
  await work.catch((thrown: unknown) => {
    if (!isTaskdeckError(thrown)) throw thrown;
  });
}
