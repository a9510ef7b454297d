import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { audit } from '#lib/audit/index';
import { type Actor, actorRef } from '#lib/access/types';
import { db, type Queryable } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { aliveSeconds } from './registry.ts';
import type { WorkerInfo } from './types.ts';

/** The channel on which workers and pools hear that there is a command; the payload is whose it is. */
export const commandsChannel = 'taskdeck_commands';

/**
 * What a worker does when it is told. `pause`: takes no more tasks until `resume`. `drain`: finishes what it runs, then ends
 * for good. `restart`: the same, and another one starts. `slots`: tasks at once in a queue, or in each of its queues;
 * null: what the queue's settings say.
 */
const workerCommandSchema = z.discriminatedUnion('command', [
  z.object({ command: z.enum(['pause', 'resume', 'drain', 'restart']) }),
  z.object({
    command: z.literal('slots'),
    queue: z.string().optional(),
    slots: z.int().min(1).max(1_000).nullable(),
  }),
]);
const poolCommandSchema = z.object({ command: z.literal('scale'), size: z.int().min(0).max(64) });
const commandSchema = z.union([workerCommandSchema, poolCommandSchema]);

export type WorkerCommand = z.infer<typeof workerCommandSchema>;
export type PoolCommand = z.infer<typeof poolCommandSchema>;

/** Slots in the body of a PATCH of a worker. */
export const workerPatchSchema = z.strictObject({
  slots: z.int({ error: 'must be a whole number, or null' }).min(1).max(1_000).nullable(),
  queue: z.string().min(1).max(40).optional(),
});

/**
 * Tells a worker to do something; it does so within a second.
 *
 * @returns what was sent, and to whom.
 * @throws TaskdeckError not_found, conflict (it has stopped, or does not answer).
 */
export async function sendWorkerCommand(
  actor: Actor,
  id: string,
  command: WorkerCommand,
): Promise<{ id: string; command: WorkerCommand['command'] }> {
  await db().begin(async (tx) => {
    const [worker] = await tx<Pick<WorkerInfo, 'state' | 'alive' | 'queues'>[]>`
      select state, queues, beat_at > clock_timestamp() - ${aliveSeconds} * interval '1 second' as alive
      from workers where id = ${id}`;
    if (!worker) throw new TaskdeckError('not_found', 'There is no such worker.');
    if (worker.state === 'stopped') throw new TaskdeckError('conflict', 'The worker has stopped.');
    if (!worker.alive)
      throw new TaskdeckError('conflict', `The worker has not answered for ${aliveSeconds} seconds.`, {
        hint: 'Its tasks are given to others; start another one in its stead.',
      });
    if (command.command === 'slots' && command.queue !== undefined && !worker.queues.includes(command.queue)) {
      throw new TaskdeckError('invalid', 'The worker takes nothing from this queue.', {
        fields: [{ pointer: '/queue', message: `is none of ${worker.queues.join(', ')}` }],
      });
    }
    await send(tx, actor, id, command);
    await audit(tx, actor, `worker.${command.command}`, `worker:${id}`, argsOf(command));
  });
  return { id, command: command.command };
}

/** Puts a command down and says so; nobody hears of it before the transaction commits. */
export async function send(
  tx: Queryable,
  actor: Actor,
  target: string,
  command: WorkerCommand | PoolCommand,
): Promise<void> {
  await tx`
    insert into worker_commands (id, target, command, args, created_by)
    values (${uuidv7()}, ${target}, ${command.command}, ${JSON.stringify(argsOf(command))}::text::jsonb, ${actorRef(actor)})`;
  await tx`select pg_notify(${commandsChannel}, ${target})`;
}

const argsOf = ({ command: _, ...args }: WorkerCommand | PoolCommand): Record<string, unknown> => args;

/** The commands that wait for the worker or pool, in their order. Each is taken once. */
export async function takeCommands(target: string): Promise<(WorkerCommand | PoolCommand)[]> {
  const rows = await db()<{ id: string; command: string; args: object }[]>`
    update worker_commands set taken_at = clock_timestamp()
    where id in (select id from worker_commands where target = ${target} and taken_at is null order by id limit 100 for update skip locked)
    returning id, command, args`;
  return rows
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ command, args }) => commandSchema.parse({ ...args, command }));
}
