import { db } from '#lib/db/index';
import { listTasks } from '../list/list.ts';
import type { RecentPayload } from '../types.ts';

/** Tasks that are looked at, and payloads that are told. */
const lookedAt = 100;
const told = 10;
const previewLength = 200;

/**
 * What was submitted of a definition last: its newest payloads, each once. Only their beginnings: the whole one stands in
 * the task that is named.
 */
export async function listRecentPayloads(definition: string): Promise<RecentPayload[]> {
  const { tasks } = await listTasks({ definition, limit: lookedAt });
  const rows = await db()<(Omit<RecentPayload, 'createdAt'> & { createdAt: Date })[]>`
    select * from (
      select distinct on (payload) id as "taskId", left(payload::text, ${previewLength}) as preview, state,
        created_at as "createdAt"
      from tasks where id = any(${tasks.map(({ id }) => id)}::uuid[]) order by payload, id desc
    ) newest order by "taskId" desc limit ${told}`;
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
