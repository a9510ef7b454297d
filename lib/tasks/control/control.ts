import { type Actor, actorRef } from '#lib/access/types';
import { audit } from '#lib/audit/index';
import { db, type Queryable } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { log } from '#lib/observability/index';
import { archive, unarchive } from './archive.ts';
import { cancel } from './cancel.ts';
import type { ChangedRow, Standing, Verb, VerbArgs } from './change.ts';
import { dismiss, undismiss } from './dead-letters.ts';
import { findDefinition } from '../definitions.ts';
import { pause, resume } from './pause.ts';
import { purge } from './purge.ts';
import { redrive, retry } from './redrive.ts';
import type { TaskState } from '../state.ts';
import { checkPayload } from '../submit/prepare.ts';
import type { ControlVerb } from '../types.ts';

const verbs: Record<ControlVerb, Verb> = {
  cancel,
  pause,
  resume,
  retry,
  redrive,
  archive,
  unarchive,
  dismiss,
  undismiss,
  purge,
};

/** A task to which something was told, and the state it then had. */
export type Controlled = { id: string; state: TaskState };

/** Cancels a task. One that waits is cancelled at once; of one that runs the handler's signal aborts, and the state follows. */
export const cancelTask = (actor: Actor, id: string) => control(actor, id, 'cancel');

/** Holds a task that waits: pending, scheduled, blocked or retrying. */
export const pauseTask = (actor: Actor, id: string) => control(actor, id, 'pause');

/** Lets a paused task go on from where it was. */
export const resumeTask = (actor: Actor, id: string) => control(actor, id, 'resume');

/** Sends a failed, cancelled or abandoned task again, with all its attempts anew. */
export const retryTask = (actor: Actor, id: string) => control(actor, id, 'retry');

/** Takes an ended task out of the lists; it stays in the database. */
export const archiveTask = (actor: Actor, id: string) => control(actor, id, 'archive');

/** Puts an archived task back into the lists. */
export const unarchiveTask = (actor: Actor, id: string) => control(actor, id, 'unarchive');

/** Marks a dead letter as seen: it leaves the groups of dead letters. */
export const dismissTask = (actor: Actor, id: string, reason?: string) => control(actor, id, 'dismiss', { reason });

/** Brings a dismissed dead letter back into the groups. */
export const undismissTask = (actor: Actor, id: string) => control(actor, id, 'undismiss');

/**
 * Sends an ended task again, with another payload if one is given; the old one is kept as a revision.
 *
 * @param options.again must be true for a completed task: its work is done once more.
 * @throws TaskdeckError not_found, conflict (its state, its definition is gone), invalid (the payload, by pointers).
 */
export async function redriveTask(
  actor: Actor,
  id: string,
  { payload, again }: { payload?: unknown; again?: boolean | undefined } = {},
): Promise<Controlled> {
  if (payload !== undefined) await requireFit(id, payload);
  return control(actor, id, 'redrive', { payload, again });
}

/**
 * Tells many tasks something, in one statement of the caller's transaction. Those whose state does not allow it stay as they
 * are. After the commit give the rows to `announceVerb`.
 *
 * @returns the tasks that were changed.
 */
export const applyVerb = (sql: Queryable, verb: ControlVerb, ids: string[], args: VerbArgs): Promise<ChangedRow[]> =>
  verbs[verb].change(sql, ids, args);

/** What follows the commit of `applyVerb`: dispatch, pages, those who waited. Returns at once. */
export const announceVerb = (verb: ControlVerb, rows: ChangedRow[]): void => verbs[verb].announce(rows);

/** @throws TaskdeckError not_found, conflict (its state does not allow it). */
async function control(
  actor: Actor,
  id: string,
  verb: ControlVerb,
  options: Omit<VerbArgs, 'by'> = {},
): Promise<Controlled> {
  const args = { ...options, by: actorRef(actor) };
  const [row] = await db().begin(async (tx) => {
    const rows = await applyVerb(tx, verb, [id], args);
    for (const { state } of rows) await audit(tx, actor, `task.${verb}`, `task:${id}`, { state, ...detailsOf(args) });
    return rows;
  });
  if (!row) return refuse(id, verb, args);
  log.info(`${verb} asked`, { taskId: id, actor: args.by });
  announceVerb(verb, [row]);
  return { id: row.id, state: row.state };
}

/** What the audit log keeps of a verb's options; never a payload. */
const detailsOf = ({ reason, again, payload }: VerbArgs) => ({
  ...(reason !== undefined && { reason }),
  ...(again && { again }),
  ...(payload !== undefined && { payload: 'replaced' }),
});

async function refuse(id: string, verb: ControlVerb, args: VerbArgs): Promise<never> {
  const [task] = await db()<Standing[]>`
    select state, archived_at is not null as archived, dismissed_at is not null as dismissed from tasks where id = ${id}`;
  if (!task) throw new TaskdeckError('not_found', `There is no task ${id}.`);
  const { past, refusal } = verbs[verb];
  const { why, ...hint } = refusal(task, args);
  throw new TaskdeckError('conflict', `The task cannot be ${past}: ${why}.`, hint);
}

async function requireFit(id: string, payload: unknown): Promise<void> {
  const [task] = await db()<{ definition: string }[]>`select definition from tasks where id = ${id}`;
  if (!task) throw new TaskdeckError('not_found', `There is no task ${id}.`);
  const definition = await findDefinition(task.definition);
  if (!definition) {
    throw new TaskdeckError('conflict', `The payload cannot be checked: there is no task type "${task.definition}".`, {
      hint: 'Redrive it without a payload, or start a worker that has the type.',
    });
  }
  checkPayload(definition, payload);
}
