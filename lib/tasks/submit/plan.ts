import { isTerminal, type TaskState } from '../state.ts';
import type { Links, NewTask } from './new-task.ts';

/** Who holds a key. `open`: whether its window still is; null when it has none. */
export type KeyHolder = { taskId: string; open: boolean | null };

/** What the plan needs to know of a task that stands there, and is locked. */
export type KnownTask = { id: string; state: TaskState; started: boolean };

export type KeyToTake = {
  kind: 'unique' | 'debounce';
  definition: string;
  key: string;
  task_id: string;
  /** Milliseconds for which it is held; null: until the task has ended. */
  window_ms: number | null;
};

/** A debounced submit that found its task still waiting. */
export type Replacement = { id: string; payload: unknown; delay_ms: number; max_wait_ms: number | null };
/** A submit that fell into a leading debounce's window, and makes it longer. */
export type Renewal = { task_id: string; window_ms: number; max_wait_ms: number | null };

export type Plan = {
  inserts: NewTask[];
  /** The id that answers each submit. */
  answers: string[];
  keys: KeyToTake[];
  replacements: Replacement[];
  renewals: Renewal[];
  /** New tasks that depend on one that ended without success, and are not to run then. */
  hopeless: string[];
};

export const keyName = (kind: string, definition: string, key: string): string =>
  JSON.stringify([kind, definition, key]);

/**
 * Decides what becomes of submits that have to do with other tasks, one after the other, so that those of one batch see
 * each other. Pure: whatever it reads is locked, and nothing is written yet.
 */
export function planSubmits(
  tasks: NewTask[],
  holders: ReadonlyMap<string, KeyHolder>,
  known: ReadonlyMap<string, KnownTask>,
): Plan {
  const plan: Plan = { inserts: [], answers: [], keys: [], replacements: [], renewals: [], hopeless: [] };
  const held = new Map(holders);
  const standing = new Map(known);

  for (const task of tasks) {
    const { columns, links = { dependsOn: [] } } = task;
    const key = keyOf(links);
    const name = key && keyName(key.kind, columns.definition, key.key);
    const holder = name === undefined ? undefined : held.get(name);
    const holding = holder && standing.get(holder.taskId);
    if (holder && holding && answersFor(links, holder, holding)) {
      plan.answers.push(holder.taskId);
      noteRepeat(plan, links, holder.taskId, columns.payload);
      continue;
    }
    plan.answers.push(columns.id);
    standing.set(columns.id, { id: columns.id, state: 'pending', started: false });
    if (key && name !== undefined) {
      const window_ms = windowOf(links);
      held.set(name, { taskId: columns.id, open: window_ms === null ? null : true });
      plan.keys = plan.keys.filter((taken) => keyName(taken.kind, taken.definition, taken.key) !== name);
      plan.keys.push({ kind: key.kind, definition: columns.definition, key: key.key, task_id: columns.id, window_ms });
    }
    const parents = links.dependsOn.flatMap((id) => standing.get(id) ?? []);
    const unresolved = parents.filter(({ state }) => !isTerminal(state)).length;
    const failed = parents.some(({ state }) => isTerminal(state) && state !== 'completed');
    if (failed && columns.on_dependency_failure !== 'run') plan.hopeless.push(columns.id);
    plan.inserts.push({ ...task, columns: { ...columns, ...(unresolved > 0 && { unresolved }) } });
  }
  return plan;
}

function keyOf({ unique, debounce }: Links): { kind: 'unique' | 'debounce'; key: string } | undefined {
  if (unique) return { kind: 'unique', key: unique.key };
  return debounce && { kind: 'debounce', key: debounce.key };
}

function windowOf({ unique, debounce }: Links): number | null {
  if (debounce) return debounce.mode === 'leading' ? debounce.delayMs : null;
  return unique?.windowMs ?? null;
}

/** Whether the holder of the key stands for a submit with these links, so that no new task is made. */
function answersFor({ debounce }: Links, holder: KeyHolder, task: KnownTask): boolean {
  if (debounce?.mode === 'trailing') return !task.started && !isTerminal(task.state);
  return holder.open ?? !isTerminal(task.state);
}

function noteRepeat(plan: Plan, { debounce }: Links, id: string, payload: unknown): void {
  if (!debounce) return;
  const max_wait_ms = debounce.maxWaitMs ?? null;
  if (debounce.mode === 'leading') plan.renewals.push({ task_id: id, window_ms: debounce.delayMs, max_wait_ms });
  else plan.replacements.push({ id, payload, delay_ms: debounce.delayMs, max_wait_ms });
}
