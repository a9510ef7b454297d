import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { type Actor, actorRef } from '#lib/access/types';
import { createGroupCommit, db } from '#lib/db/index';
import { type FieldError, TaskdeckError } from '#lib/errors';
import { metrics } from '#lib/observability/index';
import { queueSettings } from '#lib/queues/index';
import { publishTasks } from '#lib/realtime/index';
import { findDefinition } from './definitions.ts';
import { dispatchSoon } from './dispatch.ts';
import type { TaskState } from './state.ts';
import type { SubmitInput } from './submit-schema.ts';
import type { DefinitionInfo, RetryPolicy } from './types.ts';
import { payloadErrors } from './validate.ts';

export type Submitted = {
  id: string;
  state: TaskState;
  /** True when the idempotency key was seen before. */ duplicate: boolean;
};

/** A task to insert, as `jsonb_to_recordset` reads it. */
type NewTask = {
  id: string;
  definition: string;
  queue: string;
  priority: number;
  payload: unknown;
  tags: string[];
  max_attempts: number;
  retry: RetryPolicy;
  timeout_ms: number;
  delay_ms: number;
  run_at: string | null;
  idempotency_key: string | null;
  request_hash: string;
  submitted_by: string;
};

type Accepted = {
  id: string;
  state: TaskState;
  duplicate: boolean;
  sameRequest: boolean;
  createdAt: Date;
  runAt: Date;
};

/** The direct dispatch has this long before the relay takes over. */
const relayGrace = '1 second';

const accept = createGroupCommit<NewTask, Accepted>({
  op: 'accept',
  write: async (tasks) => {
    const inserted = await db()<(Accepted & { createdAt: Date })[]>`
      insert into tasks (id, definition, queue, state, priority, payload, tags, max_attempts, retry, timeout_ms,
        run_at, ready_at, dispatch_at, idempotency_key, request_hash, submitted_by)
      select id, definition, queue, (case when due > now then 'scheduled' else 'pending' end)::task_state, priority,
        payload, tags, max_attempts, retry, timeout_ms, greatest(due, now), greatest(due, now),
        case when due > now then due else now + ${relayGrace}::interval end,
        idempotency_key, decode(request_hash, 'hex'), submitted_by
      from jsonb_to_recordset(${JSON.stringify(tasks)}::text::jsonb) as t (
        id uuid, definition text, queue text, priority integer, payload jsonb, tags text[], max_attempts integer,
        retry jsonb, timeout_ms integer, delay_ms float8, run_at timestamptz, idempotency_key text, request_hash text,
        submitted_by text)
      cross join lateral (select clock_timestamp() as now) c
      cross join lateral (select coalesce(run_at, now + delay_ms * interval '1 millisecond') as due) d
      on conflict (submitted_by, idempotency_key) where idempotency_key is not null do nothing
      returning id, state, false as duplicate, true as "sameRequest", created_at as "createdAt", run_at as "runAt"`;
    const fresh = new Map(inserted.map((row) => [row.id, row]));
    const repeated =
      fresh.size < tasks.length
        ? await findRepeated(tasks.filter(({ id }) => !fresh.has(id)))
        : new Map<string, Accepted>();
    return tasks.map(({ id }) => {
      const row = fresh.get(id) ?? repeated.get(id);
      if (!row) throw new Error(`task ${id} was neither inserted nor found by its idempotency key`);
      return row;
    });
  },
});

/** The tasks that stand under the same keys already, by the id that the new ones would have had. */
async function findRepeated(tasks: NewTask[]): Promise<Map<string, Accepted>> {
  const rows = await db()<(Accepted & { wanted: string })[]>`
    select k.wanted, t.id, t.state, true as duplicate, t.request_hash = decode(k.hash, 'hex') as "sameRequest",
      t.created_at as "createdAt", t.run_at as "runAt"
    from unnest(${tasks.map(({ id }) => id)}::uuid[], ${tasks.map((task) => task.submitted_by)}::text[],
      ${tasks.map((task) => task.idempotency_key)}::text[], ${tasks.map((task) => task.request_hash)}::text[]) as k (wanted, actor, key, hash)
    join tasks t on t.submitted_by = k.actor and t.idempotency_key = k.key`;
  return new Map(rows.map((row) => [row.wanted, row]));
}

/** Same request, same hash: keys in any order. */
function hashRequest(input: SubmitInput): string {
  const sorted = (_: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(input, sorted)).digest('hex');
}

const lastTime = Date.UTC(9999, 11, 31);

/** Postgres knows no year 0, no offset above 16 hours and, written like this, no year 10,000. A time that is past is now. */
const toPostgresTime = (time: string): string =>
  new Date(Math.min(Math.max(Date.parse(time), 0), lastTime)).toISOString();

async function requireDefinition(name: string): Promise<DefinitionInfo> {
  const definition = await findDefinition(name);
  if (!definition) {
    throw new TaskdeckError('not_found', `There is no task type "${name}".`, {
      hint: 'GET /api/definitions lists the types; a worker publishes its own when it starts.',
      fields: [{ pointer: '/definition', message: 'is not a registered task type' }],
    });
  }
  if (!definition.active) {
    throw new TaskdeckError('conflict', `The task type "${name}" is deactivated and takes no new tasks.`, {
      hint: 'An admin can activate it again.',
      fields: [{ pointer: '/definition', message: 'is deactivated' }],
    });
  }
  return definition;
}

async function requireQueue(name: string, fields: FieldError[]): Promise<void> {
  const queues = await queueSettings();
  if (queues.some((queue) => queue.name === name)) return;
  throw new TaskdeckError('invalid', `There is no queue "${name}".`, {
    hint: `The queues are ${queues.map((queue) => queue.name).join(', ')}.`,
    fields: [...fields, { pointer: '/queue', message: 'is not a queue' }],
  });
}

/**
 * Accepts a task: checks it against its definition, commits it to Postgres and, once committed, sends it on its
 * way. Redis is not needed: what the dispatch misses the relay finds.
 *
 * @param options.idempotencyKey the same key with the same input gives the same task.
 * @throws TaskdeckError not_found (definition), conflict (deactivated; key used for another input),
 *   invalid (payload or queue, with a JSON pointer a field).
 */
export async function submit(
  actor: Actor,
  input: SubmitInput,
  options: { idempotencyKey?: string | undefined } = {},
): Promise<Submitted> {
  const end = metrics.enqueueDurationSeconds.startTimer({ path: 'single' });
  const definition = await requireDefinition(input.definition);
  const payload = input.payload ?? {};
  const errors = payloadErrors(definition, payload).map((error) => ({ ...error, pointer: `/payload${error.pointer}` }));
  if (errors.length > 0) {
    metrics.enqueueRejectedTotal.inc({ reason: 'validation' });
    throw new TaskdeckError('invalid', `The payload does not fit "${definition.title}".`, { fields: errors });
  }
  const queue = input.queue ?? definition.queue;
  if (queue !== definition.queue) await requireQueue(queue, errors);

  const task: NewTask = {
    id: uuidv7(),
    definition: definition.name,
    queue,
    priority: input.priority ?? definition.priority,
    payload,
    tags: input.tags ?? [],
    max_attempts: definition.retry.attempts,
    retry: definition.retry,
    timeout_ms: definition.timeoutMs,
    delay_ms: input.delayMs ?? 0,
    run_at: input.runAt === undefined ? null : toPostgresTime(input.runAt),
    idempotency_key: options.idempotencyKey ?? null,
    request_hash: hashRequest(input),
    submitted_by: actorRef(actor),
  };
  const accepted = await accept.add(task);
  if (!accepted.sameRequest) {
    metrics.enqueueRejectedTotal.inc({ reason: 'duplicate' });
    throw new TaskdeckError('conflict', 'This Idempotency-Key was used for another request.', {
      hint: 'Use a new key for a new task, or send the same body again.',
      fields: [{ pointer: '/Idempotency-Key', message: 'belongs to another request' }],
    });
  }
  if (!accepted.duplicate) announce(task, accepted);
  end();
  return { id: accepted.id, state: accepted.state, duplicate: accepted.duplicate };
}

/** What follows the commit: none of it may fail or delay the answer. */
function announce(task: NewTask, accepted: Accepted): void {
  const timing = accepted.state === 'pending' ? 'immediate' : 'delayed';
  metrics.tasksEnqueuedTotal.inc({ queue: task.queue, definition: task.definition, trigger: 'api', timing });
  if (accepted.state === 'pending')
    dispatchSoon({ taskId: task.id, gen: 1, queue: task.queue, name: task.definition, priority: task.priority });
  publishTasks([
    {
      id: task.id,
      definition: task.definition,
      queue: task.queue,
      state: accepted.state,
      priority: task.priority,
      progress: null,
      attempt: 0,
      maxAttempts: task.max_attempts,
      errorMessage: null,
      cancelRequested: false,
      createdAt: accepted.createdAt.toISOString(),
      runAt: accepted.runAt.toISOString(),
      startedAt: null,
      finishedAt: null,
      version: 1,
    },
  ]);
}
