import { z } from 'zod';
import type { Actor } from '#lib/access/types';
import { audit } from '#lib/audit/index';
import { db } from '#lib/db/index';
import { TaskdeckError } from '#lib/errors';
import { seedMetrics } from '#lib/observability/index';
import type { Definition } from './define.ts';
import type { DefinitionInfo } from './types.ts';

const columns = () => db()`
  name, title, description, queue, payload_schema as "payloadSchema", example, retry, timeout_ms as "timeoutMs", priority, mode,
  concurrency_limit as "concurrencyLimit", ttl_ms as "ttlMs", max_lost as "maxLost", isolated, retention_ms as "retentionMs", active`;

/** Makes the worker's definitions known to the web: schema, defaults and texts, never a handler. */
export async function publishDefinitions(definitions: Definition[]): Promise<void> {
  const rows = definitions.map((definition) => ({
    name: definition.name,
    title: definition.title,
    description: definition.description,
    queue: definition.queue,
    payload_schema: z.toJSONSchema(definition.payload, { io: 'input' }),
    example: definition.example,
    retry: definition.retry,
    timeout_ms: definition.timeoutMs,
    priority: definition.priority,
    mode: definition.mode,
    concurrency_limit: definition.concurrencyLimit,
    ttl_ms: definition.ttlMs,
    max_lost: definition.maxLost,
    isolated: definition.isolation !== null,
    retention_ms: definition.retentionMs,
  }));
  await db()`
    insert into task_definitions (name, title, description, queue, payload_schema, example, retry, timeout_ms, priority,
      mode, concurrency_limit, ttl_ms, max_lost, isolated, retention_ms)
    select name, title, description, queue, payload_schema, coalesce(example, '{}'), retry, timeout_ms, priority,
      mode, concurrency_limit, ttl_ms, max_lost, isolated, retention_ms
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as d (
      name text, title text, description text, queue text, payload_schema json, example json, retry jsonb,
      timeout_ms integer, priority integer, mode text, concurrency_limit integer, ttl_ms bigint, max_lost integer,
      isolated boolean, retention_ms bigint)
    on conflict (name) do update set
      title = excluded.title, description = excluded.description, queue = excluded.queue,
      payload_schema = excluded.payload_schema, example = excluded.example, retry = excluded.retry,
      timeout_ms = excluded.timeout_ms, priority = excluded.priority, mode = excluded.mode,
      concurrency_limit = excluded.concurrency_limit, ttl_ms = excluded.ttl_ms, max_lost = excluded.max_lost,
      isolated = excluded.isolated, published_at = now(),
      retention_ms = case when task_definitions.retention_chosen then task_definitions.retention_ms else excluded.retention_ms end`;
}

/** All definitions by title, deactivated ones too. */
export async function listDefinitions(): Promise<DefinitionInfo[]> {
  return db()<DefinitionInfo[]>`select ${columns()} from task_definitions order by title`;
}

const cacheMs = 2_000;
const cache = new Map<string, { at: number; definition: DefinitionInfo | undefined }>();

/** One definition; at most two seconds old, so that a burst of submits does not ask once a task. */
export async function findDefinition(name: string): Promise<DefinitionInfo | undefined> {
  const known = cache.get(name);
  if (known && Date.now() - known.at < cacheMs) return known.definition;
  const [definition] = await db()<DefinitionInfo[]>`select ${columns()} from task_definitions where name = ${name}`;
  // Names come from outside: only those that exist may fill the cache.
  if (definition) {
    cache.set(name, { at: Date.now(), definition });
    seedMetrics({ queues: [definition.queue], definitions: [definition] });
  } else {
    cache.delete(name);
  }
  return definition;
}

/**
 * Opens or closes a definition to new tasks; those it has go on. A worker that publishes it again leaves that as it is.
 * Every process follows within two seconds.
 *
 * @throws TaskdeckError not_found.
 */
export async function setDefinitionActive(actor: Actor, name: string, active: boolean): Promise<DefinitionInfo> {
  const [definition] = await db().begin(async (tx) => {
    const rows = await tx<DefinitionInfo[]>`
      update task_definitions set active = ${active} where name = ${name} returning ${columns()}`;
    if (rows.length > 0)
      await audit(tx, actor, `definition.${active ? 'activate' : 'deactivate'}`, `definition:${name}`);
    return rows;
  });
  if (!definition) throw new TaskdeckError('not_found', `There is no task type "${name}".`);
  cache.delete(name);
  return definition;
}

/** What may be set about a definition; everything else is its code's. */
export const definitionPatchSchema = z.strictObject({
  retentionMs: z
    .int({ error: 'must be a whole number of milliseconds, or null' })
    .min(60_000, 'must be at least a minute')
    .max(3_650 * 86_400_000, 'must be at most ten years')
    .nullable()
    .meta({ description: 'Milliseconds after which an ended task is deleted; null keeps it for ever.' }),
});

/**
 * Sets for how long the ended tasks of a definition are kept. From then on the definition's code no longer decides it.
 *
 * @throws TaskdeckError not_found.
 */
export async function setDefinitionRetention(
  actor: Actor,
  name: string,
  { retentionMs }: z.infer<typeof definitionPatchSchema>,
): Promise<DefinitionInfo> {
  const definition = await db().begin(async (tx) => {
    const [before] = await tx<{ retentionMs: number | null }[]>`
      select retention_ms as "retentionMs" from task_definitions where name = ${name} for no key update`;
    const [after] = await tx<DefinitionInfo[]>`
      update task_definitions set retention_ms = ${retentionMs}, retention_chosen = true where name = ${name}
      returning ${columns()}`;
    if (before && after)
      await audit(tx, actor, 'definition.retention', `definition:${name}`, { before, after: { retentionMs } });
    return after;
  });
  if (!definition) throw new TaskdeckError('not_found', `There is no task type "${name}".`);
  cache.delete(name);
  return definition;
}
