import { type Actor, actorRef } from '#lib/access/types';
import { db } from '#lib/db/index';
import { parseInput } from '#lib/json/index';
import type { TaskContext } from '#lib/tasks/define';
import { idempotencyKeySchema, submit, submitSchema } from '#lib/tasks/index';
import type { Claimed } from './claim.ts';

/** Children that one attempt may emit. */
const maxEmits = 10_000;

/**
 * The `emit` of one attempt. A child's key is its task's id and the caller's key, or the number of the call, so that a
 * re-run of the body finds the children of the run before.
 *
 * @param over whether the attempt has ended: a body that goes on all the same emits no more.
 */
export function createEmit(
  task: Pick<Claimed, 'id' | 'fence' | 'definition' | 'correlationId'>,
  over: () => boolean,
): TaskContext['emit'] {
  const actor: Actor = { kind: 'task', id: task.id, name: task.definition, role: 'operator' };
  let emitted = 0;
  return async (name, payload, { key, ...options } = {}) => {
    if (over()) throw new Error('The attempt has ended: it emits no more tasks.');
    emitted += 1;
    if (emitted > maxEmits) throw new Error(`An attempt emits at most ${maxEmits} tasks.`);
    const idempotencyKey = parseInput(
      idempotencyKeySchema,
      `emit:${task.id}:${key ?? emitted}`,
      'The key of an emit has up to 200 visible ASCII characters.',
    );
    // An earlier run may have emitted it with another payload: the child that is there counts.
    const known = task.fence > 1 ? await findEmitted(actor, idempotencyKey) : undefined;
    if (known) return known;
    const input = parseInput(submitSchema, {
      ...(task.correlationId !== null && { correlationId: task.correlationId }),
      ...options,
      definition: name,
      ...(payload !== undefined && { payload }),
    });
    const { id } = await submit(actor, input, { idempotencyKey, parentId: task.id });
    return { id };
  };
}

async function findEmitted(actor: Actor, idempotencyKey: string): Promise<{ id: string } | undefined> {
  const [child] = await db()<{ id: string }[]>`
    select id from tasks where submitted_by = ${actorRef(actor)} and idempotency_key = ${idempotencyKey}`;
  return child;
}
