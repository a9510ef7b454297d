import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { type Actor, actorRef } from '#lib/access/types';
import { type FieldError, TaskdeckError } from '#lib/errors';
import { queueSettings } from '#lib/queues/index';
import { findDefinition } from '../definitions.ts';
import type { SubmitInput } from './submit-schema.ts';
import type { DefinitionInfo, RetryPolicy } from '../types.ts';
import { payloadErrors } from '../validate.ts';
import type { Links, NewTask } from './new-task.ts';

/** Bytes of JSON that a payload may have, whoever submits it. */
const maxPayloadBytes = 256 * 1024;
const lastTime = Date.UTC(9999, 11, 31);

/** Who a task comes from, beside the actor. */
export type Origin = { idempotencyKey?: string | undefined; parentId?: string | undefined };

/**
 * Checks a submit against its definition and fills in what the definition says by default.
 *
 * @throws TaskdeckError not_found (definition), conflict (deactivated), invalid (payload, queue, concurrency), with a JSON
 *   pointer a field.
 */
export async function prepare(actor: Actor, input: SubmitInput, origin: Origin): Promise<NewTask> {
  const definition = await requireDefinition(input.definition);
  const payload = input.payload ?? {};
  checkPayload(definition, payload);
  const queue = input.queue ?? definition.queue;
  if (queue !== definition.queue) await requireQueue(queue);
  const links = linksOf(input);
  return {
    columns: {
      id: uuidv7(),
      definition: definition.name,
      queue,
      priority: input.priority ?? definition.priority,
      payload,
      tags: input.tags ?? [],
      max_attempts: input.attempts ?? definition.retry.attempts,
      max_lost: definition.maxLost,
      retry: retryOf(definition, input),
      timeout_ms: input.timeoutMs ?? definition.timeoutMs,
      ...timesOf(definition, input),
      ...concurrencyOf(definition, input),
      ...(input.supersede && { supersede_key: input.supersede.key }),
      ...(input.onDependencyFailure && { on_dependency_failure: input.onDependencyFailure }),
      ...(origin.parentId !== undefined && { parent_id: origin.parentId }),
      ...(input.correlationId !== undefined && { correlation_id: input.correlationId }),
      ...(input.metadata && { metadata: input.metadata }),
      ...(origin.idempotencyKey !== undefined && {
        idempotency_key: origin.idempotencyKey,
        request_hash: hashRequest(input),
      }),
      submitted_by: actorRef(actor),
    },
    ...(links && { links }),
  };
}

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

/** @throws TaskdeckError invalid, with a pointer for each field that does not fit. */
export function checkPayload(definition: DefinitionInfo, payload: unknown): void {
  const refuse = (fields: FieldError[]) =>
    new TaskdeckError('invalid', `The payload does not fit "${definition.title}".`, { fields });
  const fields = payloadErrors(definition, payload).map((error) => ({ ...error, pointer: `/payload${error.pointer}` }));
  if (fields.length > 0) throw refuse(fields);
  if (Buffer.byteLength(JSON.stringify(payload)) > maxPayloadBytes)
    throw refuse([{ pointer: '/payload', message: `is larger than ${maxPayloadBytes / 1024} KB` }]);
}

async function requireQueue(name: string): Promise<void> {
  const queues = await queueSettings();
  if (queues.some((queue) => queue.name === name)) return;
  throw new TaskdeckError('invalid', `There is no queue "${name}".`, {
    hint: `The queues are ${queues.map((queue) => queue.name).join(', ')}.`,
    fields: [{ pointer: '/queue', message: 'is not a queue' }],
  });
}

function retryOf({ retry }: DefinitionInfo, { attempts, backoff }: SubmitInput): RetryPolicy {
  if (attempts === undefined && !backoff) return retry;
  return { attempts: attempts ?? retry.attempts, backoff: { ...retry.backoff, ...definedOf(backoff ?? {}) } };
}

/** Its time is its debounce's, where it has one. */
function timesOf(
  definition: DefinitionInfo,
  { delayMs, runAt, debounce, ttlMs = definition.ttlMs ?? undefined }: SubmitInput,
) {
  const delay = debounce && debounce.mode !== 'leading' ? debounce.delayMs : delayMs;
  return {
    ...(delay !== undefined && { delay_ms: delay }),
    ...(runAt !== undefined && { run_at: toPostgresTime(runAt) }),
    ...(ttlMs !== undefined && { ttl_ms: ttlMs }),
  };
}

/** Postgres knows no year 0, no offset above 16 hours and, written like this, no year 10,000. A time that is past is now. */
const toPostgresTime = (time: string): string =>
  new Date(Math.min(Math.max(Date.parse(time), 0), lastTime)).toISOString();

/** @throws TaskdeckError invalid where a key is given for a task that runs alone. */
function concurrencyOf(definition: DefinitionInfo, input: SubmitInput) {
  if ((input.mode ?? definition.mode) === 'sync') {
    if (input.concurrency) {
      throw new TaskdeckError('invalid', `"${definition.title}" runs one task at a time, whatever its key.`, {
        hint: 'Leave concurrency out, or give mode "async".',
        fields: [{ pointer: '/concurrency', message: 'has no meaning for a sync task' }],
      });
    }
    return { concurrency_key: `sync:${definition.name}`, concurrency_limit: 1 };
  }
  const byDefault = definition.mode === 'sync' ? null : definition.concurrencyLimit;
  if (!input.concurrency && byDefault === null) return {};
  return {
    concurrency_key: input.concurrency?.key ?? definition.name,
    concurrency_limit: input.concurrency?.limit ?? byDefault ?? 1,
  };
}

function linksOf({ unique, debounce, supersede, dependsOn = [] }: SubmitInput): Links | undefined {
  if (!unique && !debounce && !supersede && dependsOn.length === 0) return undefined;
  return {
    unique,
    debounce: debounce && { ...debounce, mode: debounce.mode ?? 'trailing' },
    supersede: supersede && { key: supersede.key, running: supersede.running ?? false },
    dependsOn: [...new Set(dependsOn.map((id) => id.toLowerCase()))],
  };
}

/** Same request, same hash: keys in any order. */
function hashRequest(input: SubmitInput): string {
  const sorted = (_: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(input, sorted)).digest('hex');
}

const definedOf = <T extends object>(value: T): { [K in keyof T]?: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
