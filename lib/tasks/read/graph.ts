import { db } from '#lib/db/index';
import type { TaskState } from '../state.ts';
import type { TaskGraph } from '../types.ts';

/** A graph of more tasks than this is not one that a person reads. */
const maxNodes = 200;
/** Steps away from the task, in either direction. */
const maxSteps = 20;

type Relation = TaskGraph['nodes'][number]['relation'];
type Edge = TaskGraph['edges'][number];
type NodeRow = { id: string; definition: string; state: TaskState; createdAt: Date };

/**
 * The task, what it came from (who emitted it, what it waits for, and so on up) and what came from it (what it emitted, what
 * waits for it, and so on down). What else they have brought forth is left out: the brothers of a task can be a million.
 *
 * @returns null when there is no such task.
 */
export async function getTaskGraph(id: string): Promise<TaskGraph | null> {
  const relations = new Map<string, Relation>([[id, 'self']]);
  const edges = new Map<string, Edge>();
  // In turn, so that many children do not take the room of what the task waits for.
  const more = [await walk('up', id, relations, edges), await walk('down', id, relations, edges)];
  const rows = await db()<NodeRow[]>`
    select id, definition, state, created_at as "createdAt" from tasks
    where id = any(${[...relations.keys()]}::uuid[]) order by id`;
  const there = new Set(rows.map((row) => row.id));
  if (!there.has(id)) return null;
  return {
    nodes: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      relation: relations.get(row.id) ?? 'self',
    })),
    // A task that emitted another may have been deleted meanwhile.
    edges: [...edges.values()].filter(({ from, to }) => there.has(from) && there.has(to)),
    more: more.includes(true),
  };
}

/** Goes step by step in one direction and notes what it meets. @returns true when it stopped before the end. */
async function walk(
  direction: 'up' | 'down',
  id: string,
  relations: Map<string, Relation>,
  edges: Map<string, Edge>,
): Promise<boolean> {
  const relation: Record<Edge['kind'], Relation> =
    direction === 'up' ? { parent: 'parent', dependency: 'dependency' } : { parent: 'child', dependency: 'dependent' };
  let frontier = [id];
  for (let step = 0; step < maxSteps && frontier.length > 0; step += 1) {
    const limit = maxNodes + 1;
    const found = direction === 'up' ? await edgesInto(frontier, limit) : await edgesFrom(frontier, limit);
    const next: string[] = [];
    for (const edge of found) {
      const met = direction === 'up' ? edge.from : edge.to;
      if (!relations.has(met)) {
        if (relations.size >= maxNodes) return true;
        relations.set(met, relation[edge.kind]);
        next.push(met);
      }
      edges.set(`${edge.kind} ${edge.from} ${edge.to}`, edge);
    }
    if (found.length >= limit) return true;
    frontier = next;
  }
  return frontier.length > 0;
}

const edgesInto = (ids: string[], limit: number) => db()<Edge[]>`
  select parent_id as "from", id as "to", 'parent' as kind from tasks where id = any(${ids}::uuid[]) and parent_id is not null
  union all
  select depends_on, task_id, 'dependency' from task_dependencies where task_id = any(${ids}::uuid[])
  limit ${limit}`;

const edgesFrom = (ids: string[], limit: number) => db()<Edge[]>`
  select depends_on as "from", task_id as "to", 'dependency' as kind from task_dependencies where depends_on = any(${ids}::uuid[])
  union all
  select parent_id, id, 'parent' from tasks where parent_id = any(${ids}::uuid[])
  limit ${limit}`;
