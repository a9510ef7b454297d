import { setTimeout as delay } from 'node:timers/promises';
import { createGroupCommit, db } from '#lib/db/index';
import { failpoint } from '#lib/failpoint';
import { log, metrics } from '#lib/observability/index';
import { engine, type JobToAdd, queueSettings } from '#lib/queues/index';
import { publishTasks } from '#lib/realtime/index';
import { dispatchAt } from './dispatch-at.ts';
import { type SummaryRow, summaryColumns, toSummary } from '../rows.ts';

/** A pending task on its way to BullMQ. */
export type Dispatchable = JobToAdd & { queue: string };

/** A job that stands in BullMQ is sent again after this long, in case BullMQ lost it. */
const resendAfter = '60 seconds';
const relayBatch = 500;

const byQueue = (tasks: Dispatchable[]): Map<string, Dispatchable[]> => Map.groupBy(tasks, ({ queue }) => queue);

/**
 * Notes that the jobs stand in BullMQ, unless Redis was found empty since they were sent: they are due again then. A task that
 * was claimed meanwhile, or is being claimed, is left alone: waiting for its row could deadlock with the claim of a batch.
 *
 * @param sentAt by performance.now(), before the jobs were added
 */
async function markDispatched(tasks: Dispatchable[], sentAt: number): Promise<void> {
  const ids = tasks.map(({ taskId }) => taskId);
  const agoMs = performance.now() - sentAt;
  await db()`
    update tasks set dispatch_at = clock_timestamp() + ${resendAfter}::interval
    where id in (
      select t.id from tasks t
      join unnest(${ids}::uuid[], ${tasks.map(({ gen }) => gen)}::integer[]) as d (id, gen)
        on t.id = d.id and t.gen = d.gen
      where t.id = any(${ids}::uuid[]) and t.state::text = 'pending'
        and (select recovered_at from queue_epoch) < clock_timestamp() - ${agoMs}::float8 * interval '1 millisecond'
      for no key update of t skip locked)`;
}

/** How many jobs each queue may still take; asked at most every half second, since it is only a bound on memory. */
const rooms = new Map<string, { at: number; left: number }>();

async function takeRoom(queue: string, jobs: number): Promise<boolean> {
  let room = rooms.get(queue);
  if (!room || Date.now() - room.at >= 500) {
    room = { at: Date.now(), left: await askRoom(queue) };
    rooms.set(queue, room);
  }
  if (room.left < jobs) return false;
  room.left -= jobs;
  return true;
}

/** None in a queue that is paused: its tasks wait in Postgres. */
async function askRoom(name: string): Promise<number> {
  const depth = await engine().depth(name);
  const queue = (await queueSettings()).find((settings) => settings.name === name);
  return queue && !queue.paused ? queue.highWater - depth : 0;
}

/** Most tasks are claimed within this time, and then need no mark: it saves a write a task. */
const markAfterMs = 250;
/** Tasks that may wait for a direct dispatch: beyond them, while Redis hangs say, they wait for the relay. */
const maxDirect = 5_000;

const marks = new Set<Promise<void>>();

function markLater(tasks: Dispatchable[], sentAt: number): void {
  const mark = delay(markAfterMs, undefined, { ref: false })
    .then(() => markDispatched(tasks, sentAt))
    .catch((error: unknown) => log.warn('Dispatched tasks could not be marked', { error }))
    .finally(() => marks.delete(mark));
  marks.add(mark);
}

const direct = createGroupCommit<Dispatchable, void>({
  op: 'dispatch',
  maxWaiting: maxDirect,
  write: async (tasks) => {
    for (const [queue, group] of byQueue(tasks)) {
      if (!(await takeRoom(queue, group.length))) continue;
      const sentAt = performance.now();
      await engine().add(queue, group);
      await failpoint('web.after_dispatch');
      metrics.outboxPublishedTotal.inc({ result: 'ok' }, group.length);
      markLater(group, sentAt);
    }
    return tasks.map(() => undefined);
  },
});

/** Sends a task that was just committed to BullMQ. Returns at once and never fails: the relay finds what it missed. */
export function dispatchSoon(task: Dispatchable): void {
  direct.add(task).catch((error: unknown) => {
    metrics.outboxPublishedTotal.inc({ result: 'error' });
    log.debug('A direct dispatch failed; the relay takes it', { taskId: task.taskId, error });
  });
}

/** Resolves when no direct dispatch is under way, and what was sent is marked. */
export async function dispatchSettled(): Promise<void> {
  await direct.drain();
  await Promise.all(marks);
}

/** Makes delayed and backed-off tasks pending whose time has come. @returns how many. */
export async function promoteDue(): Promise<number> {
  const rows = await db()<SummaryRow[]>`
    update tasks set state = 'pending', ready_at = run_at, dispatch_at = ${dispatchAt()}
    where id in (
      select id from tasks where state in ('scheduled', 'retrying') and run_at <= clock_timestamp()
      order by run_at limit 1000 for no key update skip locked)
    returning ${summaryColumns()}`;
  publishTasks(rows.map(toSummary));
  return rows.length;
}

/**
 * One round of the relay: sends due tasks that nobody has sent, as many as each queue's high-water mark allows,
 * highest priority first. Several relays may run; rows in work are skipped by the others.
 *
 * @returns how many tasks were sent.
 * @throws TaskdeckError unavailable when BullMQ's backend is down; nothing is marked then.
 */
export async function dispatchDue(): Promise<number> {
  let sent = 0;
  for (const queue of await queueSettings()) {
    if (queue.paused) continue;
    sent += await dispatchQueue(queue.name, queue.highWater);
  }
  return sent;
}

/** As the partial index of the relay has it: the planner does not conclude that what is past is not infinite. */
const dueNow = () => db()`state = 'pending' and dispatch_at < 'infinity' and dispatch_at <= clock_timestamp()`;

async function dispatchQueue(queue: string, highWater: number): Promise<number> {
  const [row] = await db()<{ waits: boolean }[]>`
    select exists (select from tasks where queue = ${queue} and ${dueNow()}) as waits`;
  if (!row?.waits) return 0;
  const limit = Math.min(relayBatch, highWater - (await engine().depth(queue)));
  if (limit <= 0) return 0;
  return db().begin(async (tx) => {
    const due = await tx<(Dispatchable & { lagSeconds: number })[]>`
      select id as "taskId", gen, queue, definition as name, priority,
        extract(epoch from clock_timestamp() - ready_at)::float8 as "lagSeconds"
      from tasks where queue = ${queue} and ${dueNow()}
      order by priority desc, dispatch_at limit ${limit} for no key update skip locked`;
    if (due.length === 0) return 0;
    await failpoint('relay.after_lock');
    await engine().add(queue, due);
    await failpoint('relay.after_add');
    // As in markDispatched: now() is before the jobs were added.
    await tx`
      update tasks set dispatch_at = clock_timestamp() + ${resendAfter}::interval
      where id = any(${due.map(({ taskId }) => taskId)}::uuid[]) and (select recovered_at from queue_epoch) < now()`;
    await failpoint('relay.after_mark');
    metrics.outboxPublishedTotal.inc({ result: 'ok' }, due.length);
    metrics.outboxBatchRows.observe(due.length);
    for (const { lagSeconds } of due) metrics.outboxPublishLagSeconds.observe(lagSeconds);
    return due.length;
  });
}
