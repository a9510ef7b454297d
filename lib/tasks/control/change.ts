import { db, type Queryable } from '#lib/db/index';
import { metrics } from '#lib/observability/index';
import { publishTasks, publishUntold } from '#lib/realtime/index';
import { admitSoon } from '../dispatch/admit.ts';
import { dispatchSoon } from '../dispatch/dispatch.ts';
import { endedColumns, type EndedTask } from '../ended.ts';
import { type SummaryRow, summaryColumns, toSummary } from '../rows.ts';
import type { TaskState } from '../state.ts';

/** A task that a verb has changed. */
export type ChangedRow = SummaryRow & EndedTask & { gen: number };

/** The columns of a `ChangedRow`; selects from `tasks` under its own name. */
export const changedColumns = () => db()`${summaryColumns()}, ${endedColumns()}, tasks.gen`;

/** What a person adds to a verb, and who that is (`actorRef`). */
export type VerbArgs = {
  /** Why dead letters are dismissed. */
  reason?: string | undefined;
  /** A redrive sends completed tasks again too. */
  again?: boolean | undefined;
  /** The payload that a redrive puts in the place of the old one. */
  payload?: unknown;
  by: string;
};

/** Why a verb did not change a task, as the end of a sentence, and what to do instead. */
export type Refusal = { why: string; hint?: string };

/** What a refusal is told by. */
export type Standing = { state: TaskState; archived: boolean; dismissed: boolean };

/** A verb over tasks. One task or a thousand: the same statement, which leaves alone what may not be changed so. */
export type Verb = {
  /** Of a task that was changed: "cancelled". */
  past: string;
  change(sql: Queryable, ids: string[], args: VerbArgs): Promise<ChangedRow[]>;
  /** What follows the commit; a crash before it is made good by maintenance. */
  announce(rows: ChangedRow[]): void;
  refusal(task: Standing, args: VerbArgs): Refusal;
};

/**
 * The tasks among `ids` in one of `states`, locked. In the order of ids, so that two batches never wait for each other, and
 * with the state as text, which keeps the planner off the partial indexes (docs/decisions/006).
 */
export const lockedIn = (ids: string[], states: readonly TaskState[], also = db()``) => db()`
  select tasks.id from tasks where tasks.id = any(${ids}::uuid[]) and tasks.state::text = any(${[...states]}::text[]) ${also}
  order by tasks.id for no key update`;

/** Tells the pages of rows in which nothing else follows. */
export const announceShown = (rows: ChangedRow[]): void => publishTasks(rows.map(toSummary));

/** Tells the pages of what the rows themselves do not say: tasks that are archived or deleted leave the lists. */
export const announceUntold = (rows: ChangedRow[]): void => publishUntold(rows.map(({ definition }) => definition));

/** Tells the pages, and sends on their way those that are pending now. */
export function announceSent(rows: ChangedRow[]): void {
  announceShown(rows);
  for (const { id, state, gen, queue, definition, priority, concurrencyKey } of rows) {
    if (state !== 'pending') continue;
    if (concurrencyKey === null) dispatchSoon({ taskId: id, gen, queue, name: definition, priority });
    else admitSoon(concurrencyKey);
  }
}

/** As `announceSent`, for tasks that had ended and come anew. */
export function announceAnew(rows: ChangedRow[]): void {
  for (const { queue, definition } of rows)
    metrics.tasksEnqueuedTotal.inc({ queue, definition, trigger: 'retry', timing: 'immediate' });
  announceSent(rows);
}
