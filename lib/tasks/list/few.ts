import { db, type Queryable } from '#lib/db/index';
import type { Narrowing } from './narrow.ts';
import type { TaskState } from '../state.ts';

/** More tasks of a state than this are met soon enough by a walk. */
const few = 5_000;

/**
 * All tasks of the states that are asked for, when they are few: the indexes that the engine has for states give them
 * whatever millions lie between. Undefined when they are many, or no state is asked for that has an index.
 */
export async function fewOfStates(sql: Queryable, { choices }: Narrowing): Promise<string[] | undefined> {
  const asked = choices.find(({ kind, negated }) => kind === 'state' && !negated);
  const states = asked?.values as TaskState[] | undefined;
  if (!states?.every((state) => state in conditions)) return undefined;
  const ids: string[] = [];
  for (const condition of new Set(states.flatMap((state) => conditions[state as Indexed]))) {
    const rows = await sql<{ id: string }[]>`select id from tasks where ${db().unsafe(condition)} limit ${few + 1}`;
    ids.push(...rows.map(({ id }) => id));
    if (ids.length > few) return undefined;
  }
  return ids;
}

/** By state, the conditions of the partial indexes in which all its tasks stand. */
const conditions = {
  pending: ["state = 'pending'"],
  scheduled: ["state = 'scheduled'"],
  retrying: ["state = 'retrying'"],
  running: ["state = 'running'"],
  blocked: ["state = 'blocked'"],
  paused: ["state = 'paused'"],
  failed: ["state in ('failed', 'abandoned')"],
  abandoned: ["state in ('failed', 'abandoned')"],
} as const;
type Indexed = keyof typeof conditions;
