import type { Actor } from '#lib/access/types';
import { TaskdeckError } from '#lib/errors';
import { metrics } from '#lib/observability/index';
import { takePlaces } from './back-pressure.ts';
import { requireTasks } from '../dependencies/dependencies.ts';
import type { TaskState } from '../state.ts';
import { accept, acceptAll } from './accept.ts';
import { announce } from './announce.ts';
import type { Accepted, NewTask } from './new-task.ts';
import { type Origin, prepare } from './prepare.ts';
import { maxBatch, type SubmitInput } from './submit-schema.ts';

export type Submitted = {
  id: string;
  state: TaskState;
  /** True when the task stood there before: by its idempotency key, or as the holder of its unique or debounce key. */
  duplicate: boolean;
};

/**
 * Accepts a task: checks it against its definition, commits it to Postgres and, once committed, sends it on its
 * way. Redis is not needed: what the dispatch misses the relay finds.
 *
 * @param options.idempotencyKey the same key with the same input gives the same task.
 * @param options.parentId the task that emits this one.
 * @throws TaskdeckError not_found (definition), conflict (deactivated; key used for another input), invalid (payload,
 *   queue, dependencies, with a JSON pointer a field), rate_limited (the queue is full), unavailable (Postgres was lost
 *   while it committed, and did not say).
 */
export async function submit(actor: Actor, input: SubmitInput, options: Origin = {}): Promise<Submitted> {
  const end = metrics.enqueueDurationSeconds.startTimer({ path: 'single' });
  const task = await counted(prepare(actor, input, options));
  if (input.dependsOn) await requireTasks([input.dependsOn], () => '');
  await takePlaces([task.columns]);
  const accepted = await accept(task);
  if (!accepted.duplicate) announce(task.columns, accepted);
  end();
  return toSubmitted(accepted);
}

/**
 * Accepts many tasks by one statement: all of them or, when one is not right, none. Fields are named by their place in
 * the list: `/3/payload/x`.
 *
 * @param inputs at most 1,000.
 * @param options as of `submit`; the idempotency key is that of the whole list, and `pointer` says where it stands in the request.
 * @throws TaskdeckError as `submit`.
 */
export async function submitMany(
  actor: Actor,
  inputs: SubmitInput[],
  options: Origin & { pointer?: string } = {},
): Promise<Submitted[]> {
  const { pointer = '', idempotencyKey, parentId } = options;
  if (inputs.length > maxBatch)
    throw new TaskdeckError('invalid', `A batch has at most ${maxBatch} tasks.`, {
      fields: [{ pointer, message: `has ${inputs.length} tasks` }],
    });
  const end = metrics.enqueueDurationSeconds.startTimer({ path: 'bulk' });
  const pointerOf = (index: number) => `${pointer}/${index}`;
  const tasks: NewTask[] = [];
  for (const [index, input] of inputs.entries()) {
    // A space: no idempotency key that a client sends has one.
    const key = idempotencyKey === undefined ? undefined : `${idempotencyKey} ${index}`;
    const prepared = prepare(actor, input, { idempotencyKey: key, parentId });
    tasks.push(await counted(located(pointerOf(index), prepared)));
  }
  await requireTasks(
    inputs.map(({ dependsOn = [] }) => dependsOn),
    pointerOf,
  );
  await takePlaces(tasks.map(({ columns }) => columns));
  const accepted = await acceptAll(tasks);
  for (const [index, { columns }] of tasks.entries()) {
    const row = accepted[index];
    if (row && !row.duplicate) announce(columns, row);
  }
  end();
  return accepted.map(toSubmitted);
}

const toSubmitted = ({ id, state, duplicate }: Accepted): Submitted => ({ id, state, duplicate });

async function counted<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TaskdeckError && error.code === 'invalid')
      metrics.enqueueRejectedTotal.inc({ reason: 'validation' });
    throw error;
  }
}

/** Puts the place of an input before the fields that a refusal names. */
async function located<T>(place: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof TaskdeckError)) throw error;
    const { code, message, hint, cause } = error;
    const fields = error.fields.map((field) => ({ ...field, pointer: place + field.pointer }));
    throw new TaskdeckError(code, message, { ...(hint && { hint }), fields, cause });
  }
}
