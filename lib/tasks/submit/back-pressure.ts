import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { log, metrics } from '#lib/observability/index';
import { findRepeated } from './insert.ts';
import type { TaskColumns } from './new-task.ts';

/** Of a queue: its limit, null where it drains, and how many waited when it was last counted plus those let in since. */
type Backlog = { queue: string; limit: number | null; waiting: number };

const staleAfterMs = 500;
/** The share of the time that counting may take: a limit in the millions is looked at less often. */
const countingShare = 0.05;

let backlogs: Map<string, Backlog> | undefined;
let freshUntil = 0;
let counting: Promise<Map<string, Backlog>> | undefined;

/** Waiting tasks of the queue `q`, never more than its limit; each kind has an index of its own. */
const waitingWhere = (condition: ReturnType<ReturnType<typeof db>>) => db()`
  (select from tasks t where t.queue = q.name and ${condition} limit coalesce(q.waiting_limit, 0))`;

/** Counts, in the queues that have a limit, what was accepted and has not started: pending, scheduled and blocked tasks. */
async function count(): Promise<Map<string, Backlog>> {
  const began = performance.now();
  const rows = await db()<Backlog[]>`
    select q.name as queue, case when not q.draining then q.waiting_limit end as "limit", w.waiting
    from queues q
    cross join lateral (
      select count(*) as waiting from (
        ${waitingWhere(db()`t.state = 'pending' and t.dispatch_at < 'infinity'`)} union all
        ${waitingWhere(db()`t.state = 'pending' and t.dispatch_at = 'infinity'`)} union all
        ${waitingWhere(db()`t.state = 'scheduled'`)} union all
        ${waitingWhere(db()`t.state = 'blocked'`)}
      ) backlog
    ) w
    where q.waiting_limit is not null or q.draining`;
  backlogs = new Map(rows.map((row) => [row.queue, row]));
  const took = performance.now() - began;
  freshUntil = performance.now() + Math.max(staleAfterMs, took / countingShare);
  return backlogs;
}

/**
 * The figures, counted anew when they are old. Where no queue has a limit nobody waits for that: the count goes on by
 * itself, and only the next submit hears of a limit that is new.
 */
async function counted(): Promise<Map<string, Backlog>> {
  if (backlogs && performance.now() < freshUntil) return backlogs;
  counting ??= count().finally(() => (counting = undefined));
  if (backlogs?.size !== 0) return counting;
  counting.catch((error: unknown) => log.debug('The waiting tasks could not be counted', { error }));
  return backlogs;
}

/**
 * Takes places for new tasks among those that wait in their queues: all of them or none. One that stands there already, by
 * its idempotency key, needs none.
 *
 * @throws TaskdeckError rate_limited when a queue has no place for its share, conflict when it drains.
 */
export async function takePlaces(tasks: TaskColumns[]): Promise<void> {
  const known = await counted();
  if (known.size === 0) return;
  if (fullQueue(known, tasks)) {
    const repeated = await findRepeated(db(), tasks);
    const full = fullQueue(
      known,
      tasks.filter(({ id }) => !repeated.has(id)),
    );
    if (full) refuse(full, tasks.length);
  }
  for (const { queue } of tasks) {
    const backlog = known.get(queue);
    if (backlog) backlog.waiting += 1;
  }
}

function fullQueue(known: Map<string, Backlog>, tasks: TaskColumns[]): Backlog | undefined {
  for (const [queue, { length }] of Map.groupBy(tasks, (task) => task.queue)) {
    const backlog = known.get(queue);
    if (backlog && (backlog.limit === null || backlog.waiting + length > backlog.limit)) return backlog;
  }
  return undefined;
}

function refuse({ queue, limit }: Backlog, tasks: number): never {
  metrics.enqueueRejectedTotal.inc({ reason: 'backpressure' }, tasks);
  if (limit === null)
    throw new TaskdeckError('conflict', `The queue "${queue}" drains and takes no new tasks.`, {
      hint: 'An admin can resume it.',
      fields: [{ pointer: '/queue', message: 'takes no new tasks' }],
    });
  throw new TaskdeckError('rate_limited', `The queue "${queue}" is full: no more than ${limit} tasks may wait in it.`, {
    hint: 'Try again when some have started, or have an admin raise the limit.',
    retryAfterSeconds: 5,
    fields: [{ pointer: '/queue', message: 'has reached its limit of waiting tasks' }],
  });
}
