import type { Queryable } from '#lib/db/index';
import { directDispatchGrace } from '../dispatch/dispatch-at.ts';
import type { Accepted, TaskColumns } from './new-task.ts';

/**
 * ACCEPT: inserts tasks by one statement. One whose idempotency key stands there already is not inserted; the task that
 * has it is found instead.
 *
 * @returns what became of each, in the same order.
 */
export async function insertTasks(sql: Queryable, tasks: TaskColumns[]): Promise<Accepted[]> {
  const inserted = await sql<Accepted[]>`
    insert into tasks (id, definition, queue, state, priority, payload, tags, max_attempts, max_lost, retry, timeout_ms,
      run_at, ready_at, dispatch_at, expires_at, concurrency_key, concurrency_limit, supersede_key, unresolved,
      on_dependency_failure, parent_id, correlation_id, metadata, idempotency_key, request_hash, submitted_by)
    select id, definition, queue,
      (case when unresolved > 0 then 'blocked' when due > now then 'scheduled' else 'pending' end)::task_state, priority,
      payload, coalesce(tags, '{}'), max_attempts, max_lost, retry, timeout_ms, start, start,
      case when concurrency_key is not null then 'infinity' when due > now then due else now + ${directDispatchGrace}::interval end,
      start + ttl_ms * interval '1 millisecond', concurrency_key, concurrency_limit, supersede_key, coalesce(unresolved, 0),
      coalesce(on_dependency_failure, 'cancel'), parent_id, correlation_id, metadata, idempotency_key,
      decode(request_hash, 'hex'), submitted_by
    from jsonb_to_recordset(${JSON.stringify(tasks)}::text::jsonb) as t (
      id uuid, definition text, queue text, priority integer, payload jsonb, tags text[], max_attempts integer,
      max_lost integer, retry jsonb, timeout_ms integer, delay_ms float8, run_at timestamptz, ttl_ms float8,
      concurrency_key text, concurrency_limit integer, supersede_key text, unresolved integer,
      on_dependency_failure text, parent_id uuid, correlation_id text, metadata jsonb, idempotency_key text,
      request_hash text, submitted_by text)
    cross join lateral (select clock_timestamp() as now) c
    cross join lateral (select coalesce(run_at, now + coalesce(delay_ms, 0) * interval '1 millisecond') as due) d
    cross join lateral (select greatest(due, now) as start) s
    on conflict (submitted_by, idempotency_key) where idempotency_key is not null do nothing
    returning id, state, false as duplicate, true as "sameRequest", created_at as "createdAt", run_at as "runAt"`;
  const found = new Map(inserted.map((row) => [row.id, row]));
  if (found.size < tasks.length) {
    const missing = tasks.filter(({ id }) => !found.has(id));
    for (const [id, row] of await findRepeated(sql, missing)) found.set(id, row);
  }
  return tasks.map(({ id }) => {
    const row = found.get(id);
    if (!row) throw new Error(`task ${id} was neither inserted nor found by its idempotency key`);
    return row;
  });
}

/** The tasks that stand under the same idempotency keys already, by the ids that the new ones would have had. */
export async function findRepeated(sql: Queryable, tasks: TaskColumns[]): Promise<Map<string, Accepted>> {
  const keyed = tasks.filter((task) => task.idempotency_key !== undefined);
  if (keyed.length === 0) return new Map();
  const rows = await sql<(Accepted & { wanted: string })[]>`
    select k.wanted, t.id, t.state, true as duplicate, t.request_hash = decode(k.hash, 'hex') as "sameRequest",
      t.created_at as "createdAt", t.run_at as "runAt"
    from unnest(${keyed.map(({ id }) => id)}::uuid[], ${keyed.map((task) => task.submitted_by)}::text[],
      ${keyed.map((task) => task.idempotency_key ?? null)}::text[], ${keyed.map((task) => task.request_hash ?? null)}::text[])
      as k (wanted, actor, key, hash)
    join tasks t on t.submitted_by = k.actor and t.idempotency_key = k.key`;
  return new Map(rows.map(({ wanted, ...row }) => [wanted, row]));
}
