import { z } from 'zod';
import { audit } from '#lib/audit/index';
import type { Actor } from '#lib/access/types';
import { db, type Queryable } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';
import { publishQueues } from '#lib/realtime/index';
import { assertLimits } from './limits.ts';
import { settingsColumns } from './query.ts';
import type { QueueSettings } from './types.ts';

/** The channel on which workers hear of changed settings; the payload is the queue's name. */
export const queuesChannel = 'taskdeck_queues';

const whole = (most: number) =>
  z
    .int({ error: 'must be a whole number' })
    .min(1, 'must be at least 1')
    .max(most, `must be at most ${most.toLocaleString('en')}`);

/** What may be changed, each alone. Null takes a limit away. */
export const queuePatchSchema = z
  .strictObject({
    concurrency: whole(1_000),
    highWater: whole(100_000),
    globalConcurrency: whole(100_000).nullable(),
    rateLimit: z.strictObject({ max: whole(1_000_000), perMs: whole(86_400_000) }).nullable(),
    waitingLimit: whole(100_000_000).nullable(),
    serial: z.boolean(),
    paused: z.boolean(),
    draining: z.boolean(),
  })
  .partial();
export type QueuePatch = z.infer<typeof queuePatchSchema>;

/** A new queue: its name, and settings where the defaults do not do. */
export const createQueueSchema = queuePatchSchema.extend({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'is a small letter and up to 39 more, of small letters, digits and "-"'),
});

/**
 * Makes a queue; running workers take it up within a second.
 *
 * @throws TaskdeckError conflict (there is one of that name).
 */
export async function createQueue(
  actor: Actor,
  { name, ...patch }: z.infer<typeof createQueueSchema>,
): Promise<QueueSettings> {
  const made = await db().begin(async (tx) => {
    const { count } = await tx`insert into queues (name) values (${name}) on conflict do nothing`;
    if (count === 0) throw new TaskdeckError('conflict', `There is a queue "${name}" already.`);
    return change(tx, actor, name, patch, 'queue.create');
  });
  return applied(made);
}

/**
 * Changes a queue's settings, live: BullMQ and the workers follow within a second, or when they are back.
 *
 * @param action what the audit log calls it.
 * @throws TaskdeckError not_found.
 */
export async function updateQueue(
  actor: Actor,
  name: string,
  patch: QueuePatch,
  action = 'queue.update',
): Promise<QueueSettings> {
  return applied(await db().begin((tx) => change(tx, actor, name, patch, action)));
}

/** Starts no task of the queue until it is resumed; those that run go on. Throws like `updateQueue`. */
export const pauseQueue = (actor: Actor, name: string): Promise<QueueSettings> =>
  updateQueue(actor, name, { paused: true }, 'queue.pause');

/** Ends a pause or a drain. Throws like `updateQueue`. */
export const resumeQueue = (actor: Actor, name: string): Promise<QueueSettings> =>
  updateQueue(actor, name, { paused: false, draining: false }, 'queue.resume');

/** Takes no new tasks until it is resumed; those it has are run. Throws like `updateQueue`. */
export const drainQueue = (actor: Actor, name: string): Promise<QueueSettings> =>
  updateQueue(actor, name, { draining: true }, 'queue.drain');

async function change(
  tx: Queryable,
  actor: Actor,
  name: string,
  patch: QueuePatch,
  action: string,
): Promise<QueueSettings> {
  const [before] = await tx<QueueSettings[]>`
    select ${settingsColumns()} from queues q where q.name = ${name} for no key update`;
  if (!before) throw new TaskdeckError('not_found', `There is no queue "${name}".`);
  const after: QueueSettings = { ...before, ...patch };
  await tx`
    update queues set concurrency = ${after.concurrency}, high_water = ${after.highWater},
      global_concurrency = ${after.globalConcurrency}, rate_limit_max = ${after.rateLimit?.max ?? null},
      rate_limit_ms = ${after.rateLimit?.perMs ?? null}, waiting_limit = ${after.waitingLimit}, serial = ${after.serial},
      paused = ${after.paused}, draining = ${after.draining}
    where name = ${name}`;
  await audit(tx, actor, action, `queue:${name}`, { before: among(patch, before), after: patch });
  await tx`select pg_notify(${queuesChannel}, ${name})`;
  return after;
}

/** What a patch changes, as it was. */
const among = (patch: QueuePatch, settings: QueueSettings): QueuePatch =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => name in patch));

/** Tells BullMQ and the pages what has been committed. */
async function applied(settings: QueueSettings): Promise<QueueSettings> {
  // Postgres has it: while BullMQ's backend is away nothing starts anyhow, and maintenance tells it later.
  await assertLimits(settings).catch((error: unknown) => log.debug('BullMQ is told later', { error }));
  await publishQueues();
  return settings;
}
