import { createGroupCommit, db, type Queryable, untilConnected } from '#lib/db/index';
import { failpoint } from '#lib/failpoint';
import { dispatchAt, errorFingerprint } from '#lib/tasks/index';
import type { AttemptOutcome, StoredError, TaskSummary } from '#lib/tasks/types';

/** How an attempt ends, and what becomes of its task. */
export type Ending =
  | { state: 'completed'; outcome: 'success'; result: unknown }
  | { state: 'failed' | 'cancelled' | 'abandoned'; outcome: Exclude<AttemptOutcome, 'success'>; error: StoredError }
  | { state: 'retrying'; outcome: 'failure' | 'timeout' | 'lost'; error: StoredError; delayMs: number }
  /** The other side wants us to wait: the attempt is not charged. */
  | { state: 'retrying'; outcome: 'rate_limited'; error: StoredError; delayMs: number }
  /** Given back by a worker that stops: the attempt is not charged. */
  | { state: 'pending'; outcome: 'released' };

export type EndedAttempt = { id: string; fence: number; ending: Ending };

/** What the row says after the attempt has ended. */
export type Ended = Pick<TaskSummary, 'id' | 'state' | 'version' | 'progress' | 'cancelRequested' | 'attempt'> & {
  fence: number;
  /** What its end may set free: tasks that depend on it, tasks of the same concurrency key. */
  hasDependents: boolean;
  concurrencyKey: string | null;
  runAt: Date;
  finishedAt: Date | null;
};

/**
 * FINISH: ends attempts, each only if its fence is still the task's. One statement; a stale one among them neither
 * fails nor hides the others.
 *
 * @returns the rows that were ended; an attempt that is not among them was stale.
 */
export async function endAttempts(sql: Queryable, attempts: EndedAttempt[]): Promise<Ended[]> {
  const rows = attempts.map(({ id, fence, ending }) => ({
    id,
    fence,
    state: ending.state,
    outcome: ending.outcome,
    result: ending.state === 'completed' ? ending.result : null,
    error: 'error' in ending ? ending.error : null,
    fingerprint: 'error' in ending ? errorFingerprint(ending.error) : null,
    delay_ms: ending.state === 'retrying' ? ending.delayMs : 0,
  }));
  // A task that somebody asked to cancel does not run again, however its attempt ended.
  return sql<Ended[]>`
    with f as (
      select t.id, f.fence, f.outcome, f.result, f.error, f.fingerprint, f.delay_ms,
        case when f.state in ('retrying', 'pending') and t.cancel_requested_at is not null then 'cancelled' else f.state end as state
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as f (
        id uuid, fence integer, state task_state, outcome text, result jsonb, error jsonb, fingerprint text, delay_ms float8)
      join tasks t on t.id = f.id and t.fence = f.fence and t.state::text = 'running'
      where t.id = any(${attempts.map(({ id }) => id)}::uuid[])
      order by t.id for no key update of t
    ), ended as (
      update tasks t set state = f.state, result = f.result, error = f.error, error_fingerprint = f.fingerprint, lease_until = null,
        version = t.version + 1,
        progress = case when f.state = 'completed' then t.progress || '{"fraction": 1}' else t.progress end,
        finished_at = case when f.state in ('retrying', 'pending') then null else clock_timestamp() end,
        gen = t.gen + case when f.state in ('retrying', 'pending') then 1 else 0 end,
        attempt = t.attempt - case when f.outcome in ('released', 'rate_limited') then 1 else 0 end,
        lost = t.lost + case when f.outcome = 'lost' then 1 else 0 end,
        run_at = case when f.state = 'retrying' then clock_timestamp() + f.delay_ms * interval '1 millisecond' else t.run_at end,
        dispatch_at = case when f.state = 'pending' then ${dispatchAt()} else t.dispatch_at end
      from f where t.id = f.id
      returning t.id, t.state, t.version, t.progress, t.cancel_requested_at is not null as "cancelRequested", t.run_at, t.finished_at, t.fence, t.attempt, t.worker_id, t.ready_at, t.started_at,
        t.has_dependents, t.concurrency_key, f.outcome, t.error
    ), kept as (
      insert into task_attempts (task_id, fence, attempt, outcome, worker_id, ready_at, started_at, finished_at, error)
      select id, fence, attempt, outcome, worker_id, ready_at, started_at, coalesce(finished_at, clock_timestamp()), error
      from ended where outcome not in ('success', 'released', 'rate_limited')
    )
    select id, fence, state, version, progress, "cancelRequested", attempt, has_dependents as "hasDependents",
      concurrency_key as "concurrencyKey", run_at as "runAt", finished_at as "finishedAt" from ended`;
}

const keyOf = ({ id, fence }: { id: string; fence: number }): string => `${id}-${fence}`;

/** The columns of `tasks t` as Ended. */
export const recordedColumns = () => db()`
  t.id, t.fence, t.state, t.version, t.progress, t.cancel_requested_at is not null as "cancelRequested", t.attempt,
  t.has_dependents as "hasDependents", t.concurrency_key as "concurrencyKey", t.run_at as "runAt", t.finished_at as "finishedAt"`;

/**
 * FINISH for what nearly all attempts end as: completed. The same guards as `endAttempts` and a third less work for Postgres.
 * Locks in the order of ids, as the index hands them out.
 */
async function completeAttempts(attempts: EndedAttempt[]): Promise<Ended[]> {
  const ids = attempts.map(({ id }) => id);
  const keys = attempts.map(keyOf);
  const results = attempts.map(({ ending }) =>
    ending.state === 'completed' ? JSON.stringify(ending.result ?? null) : null,
  );
  // A row finds what is its own by its place in the arrays: a join is dearer. By id and fence: a lost attempt and the one after
  // it may end together.
  return db()<Ended[]>`
    update tasks t set state = 'completed', lease_until = null, version = t.version + 1, error = null, error_fingerprint = null,
      result = nullif((${results}::text[])[array_position(${keys}::text[], t.id || '-' || t.fence)], 'null')::jsonb,
      progress = t.progress || '{"fraction": 1}', finished_at = clock_timestamp()
    where t.id = any(${ids}::uuid[]) and t.state::text = 'running'
      and t.id || '-' || t.fence = any(${keys}::text[])
    returning ${recordedColumns()}`;
}

/** Ends an attempt; undefined when it was stale and nothing changed. */
export type Finish = (attempt: EndedAttempt) => Promise<Ended | undefined>;

/** FINISH for the runner: endings that come together share a statement, and each waits for its own commit. */
export function createFinish(): Finish {
  const completed = createEndings(completeAttempts);
  const others = createEndings((attempts) => endAttempts(db(), attempts));
  return (attempt) => {
    const endings = attempt.ending.state === 'completed' ? completed : others;
    // If the second write changes nothing, the row tells whether the first had come through.
    return untilConnected(async (again) => (await endings.add(attempt)) ?? (again ? readBack(attempt) : undefined));
  };
}

const createEndings = (end: (attempts: EndedAttempt[]) => Promise<Ended[]>) =>
  createGroupCommit<EndedAttempt, Ended | undefined>({
    op: 'finish',
    write: async (attempts) => {
      await failpoint('worker.before_finish');
      const ended = new Map((await end(attempts)).map((row) => [keyOf(row), row]));
      await failpoint('worker.after_finish_commit');
      return attempts.map((attempt) => ended.get(keyOf(attempt)));
    },
  });

async function readBack({ id, fence, ending }: EndedAttempt): Promise<Ended | undefined> {
  const [row] = await db()<Ended[]>`
    select ${recordedColumns()} from tasks t
    where id = ${id} and fence = ${fence} and state in (${ending.state}, 'cancelled')`;
  return row;
}
