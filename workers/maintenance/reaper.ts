import { db } from '#lib/db/index';
import { failpoint } from '#lib/failpoint';
import { log } from '#lib/observability/index';
import { publishMissed, publishTasks } from '#lib/realtime/index';
import { afterEnded } from '#lib/tasks/index';
import { type Claimed, leaseSeconds } from '../runner/claim.ts';
import { classifyLost } from '../runner/classify.ts';
import { endAttempts } from '../runner/finish.ts';
import { countEnding } from '../runner/measure.ts';
import { endedSummary } from '../runner/summary.ts';

const batch = 200;

/**
 * REAP: ends the attempts whose lease has run out, by the database's clock. Their tasks are tried again, or abandoned
 * when no attempt is left. Should the worker still live, its fence is stale from now on.
 *
 * @returns how many attempts were ended.
 */
export async function reapLost(): Promise<number> {
  const reaped = await db().begin(async (tx) => {
    const lost = await tx<Claimed[]>`
      select id, fence, attempt, max_attempts as "maxAttempts", lost, max_lost as "maxLost", definition, queue, priority,
        null as payload, retry, timeout_ms as "timeoutMs", metadata, correlation_id as "correlationId",
        parent_id as "parentId", version, created_at as "createdAt", run_at as "runAt", ready_at as "readyAt",
        started_at as "startedAt"
      from tasks where state = 'running' and lease_until < clock_timestamp()
      order by lease_until limit ${batch} for no key update skip locked`;
    await failpoint('reap.mid');
    const endings = new Map(lost.map((task) => [task.id, { task, ending: classifyLost(task) }]));
    const ended = await endAttempts(
      tx,
      [...endings.values()].map(({ task: { id, fence }, ending }) => ({ id, fence, ending })),
    );
    return ended.flatMap((row) => {
      const found = endings.get(row.id);
      return found ? [{ ...found, ended: row }] : [];
    });
  });
  for (const { task, ending, ended } of reaped) {
    countEnding(task, ending, ended.state);
    log.warn('The worker of a task stopped answering', { taskId: task.id, attempt: task.attempt, next: ended.state });
    publishTasks([endedSummary(task, ending, ended)]);
    afterEnded([ended]);
  }
  // What else a dead worker had changed it may not have told.
  if (reaped.length > 0) void publishMissed();
  return reaped.length;
}

/**
 * Makes a round of the reaper, for the loop. After a time without Postgres it waits for as long as a lease: no worker
 * could beat, and most of them live.
 */
export function createReaper(): () => Promise<boolean> {
  let patientUntil = 0;
  return async () => {
    try {
      if (performance.now() >= patientUntil) return (await reapLost()) === batch;
      await db()`select 1`;
      return false;
    } catch (error) {
      patientUntil = performance.now() + leaseSeconds * 1_000;
      throw error;
    }
  };
}
