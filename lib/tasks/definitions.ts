import { z } from 'zod';
import { db } from '#lib/db/index';
import { seedMetrics } from '#lib/observability/index';
import type { Definition } from './define.ts';
import type { DefinitionInfo } from './types.ts';

const columns = () => db()`
  name, title, description, queue, payload_schema as "payloadSchema", example, retry, timeout_ms as "timeoutMs", priority, active`;

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
  }));
  await db()`
    insert into task_definitions (name, title, description, queue, payload_schema, example, retry, timeout_ms, priority)
    select name, title, description, queue, payload_schema, coalesce(example, '{}'), retry, timeout_ms, priority
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as d (
      name text, title text, description text, queue text, payload_schema json, example json, retry jsonb,
      timeout_ms integer, priority integer)
    on conflict (name) do update set
      title = excluded.title, description = excluded.description, queue = excluded.queue,
      payload_schema = excluded.payload_schema, example = excluded.example, retry = excluded.retry,
      timeout_ms = excluded.timeout_ms, priority = excluded.priority, published_at = now()`;
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
