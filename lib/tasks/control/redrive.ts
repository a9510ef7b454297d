import { db } from '#lib/db/index';
import {
  announceAnew,
  changedColumns,
  type ChangedRow,
  lockedIn,
  type Refusal,
  type Standing,
  type Verb,
  type VerbArgs,
} from './change.ts';
import { dispatchAtSoon } from '../dispatch/dispatch-at.ts';
import { retryableStates, terminalStates } from '../state.ts';

/** Payloads kept of one task; older ones go. */
const maxRevisions = 50;

/**
 * What makes an ended task new. It no longer waits for what it depended on and has no time to live: somebody wants it now.
 * What its earlier attempts left stays to be seen.
 */
const anew = () => db()`
  state = 'pending', gen = gen + 1, attempt = 0, lost = 0, unresolved = 0, expires_at = null, paused_from = null,
  run_at = clock_timestamp(), ready_at = clock_timestamp(), dispatch_at = ${dispatchAtSoon()},
  started_at = null, finished_at = null, worker_id = null, lease_until = null, cancel_requested_at = null,
  progress = null, result = null, error = null, error_fingerprint = null,
  archived_at = null, dismissed_at = null, dismiss_reason = null`;

const notEnded = (state: string): Refusal => ({
  why: `it is ${state}, and only a failed, cancelled or abandoned task can be`,
  ...(state === 'completed' && { hint: 'A redrive with "again": true sends a completed task again.' }),
});

/** RETRY: a task that ended without success is sent again, with all its attempts anew. */
export const retry: Verb = {
  past: 'retried',
  change: (sql, ids) => sql<ChangedRow[]>`
    with found as (${lockedIn(ids, retryableStates)})
    update tasks set ${anew()} from found where tasks.id = found.id
    returning ${changedColumns()}`,
  announce: announceAnew,
  refusal: ({ state }) => notEnded(state),
};

/**
 * REDRIVE: a retry that may come with another payload, and that, told so, sends completed tasks again too: the one way in
 * which a completed task ever runs again. The old payload is kept as a revision, the old success as an attempt.
 */
export const redrive: Verb = {
  past: 'redriven',
  change(sql, ids, args) {
    const states = args.again ? terminalStates : retryableStates;
    const found = lockedIn(ids, states);
    return sql<ChangedRow[]>`
      with found as (${found}),
      succeeded as (
        insert into task_attempts (task_id, fence, attempt, outcome, worker_id, ready_at, started_at, finished_at)
        select tasks.id, fence, attempt, 'success', worker_id, ready_at, started_at, finished_at
        from tasks join found on found.id = tasks.id where tasks.state::text = 'completed' and started_at is not null
        on conflict do nothing
      )
      ${args.payload === undefined ? db()`` : keepRevision(args)}
      update tasks set ${anew()} ${args.payload === undefined ? db()`` : db()`, payload = ${JSON.stringify(args.payload)}::text::jsonb`}
      from found where tasks.id = found.id
      returning ${changedColumns()}`;
  },
  announce: announceAnew,
  refusal: ({ state }: Standing, { again }) =>
    again
      ? { why: `it is ${state}, and only a task that has ended can be`, hint: 'Cancel it first.' }
      : notEnded(state),
};

/** More parts of the statement: the payload that goes becomes the newest revision, and the oldest beyond the limit go. */
const keepRevision = ({ by }: VerbArgs) => db()`,
  newest as (
    select found.id, coalesce(max(revision), 0) as revision
    from found left join task_payload_revisions r on r.task_id = found.id group by found.id
  ), kept as (
    insert into task_payload_revisions (task_id, revision, payload, replaced_by)
    select tasks.id, newest.revision + 1, tasks.payload, ${by} from tasks join newest on newest.id = tasks.id
  ), forgotten as (
    delete from task_payload_revisions r using newest
    where r.task_id = newest.id and r.revision <= newest.revision + 1 - ${maxRevisions}
  )`;
