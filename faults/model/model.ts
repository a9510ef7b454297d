import { isTerminal, retryableStates, type TaskState, waitingStates } from '#lib/tasks/state';

/** What of a task the protocol decides. */
export type ModelTask = {
  state: TaskState;
  gen: number;
  fence: number;
  attempt: number;
  lost: number;
  cancelRequested: boolean;
};

/** What may be done to a task. `stale` does it with the gen or fence before the current one. */
export type Operation =
  | { do: 'claim'; stale: boolean }
  | { do: 'finish'; stale: boolean; as: 'completed' | 'failed' | 'retrying' | 'pending' }
  | { do: 'beat' | 'cancel' | 'reap' | 'promote' | 'retry' };

export const maxAttempts = 3;
export const maxLost = 2;
export const submitted: ModelTask = { state: 'pending', gen: 1, fence: 0, attempt: 0, lost: 0, cancelRequested: false };

const isWaiting = (state: TaskState): boolean => waitingStates.some((waiting) => waiting === state);

/** The attempt ends: a task that was to be cancelled does not run again, and one that is to run again has a new gen. */
function ended(task: ModelTask, state: 'completed' | 'failed' | 'retrying' | 'pending' | 'abandoned'): ModelTask {
  const attempt = state === 'pending' ? task.attempt - 1 : task.attempt;
  const again = state === 'retrying' || state === 'pending';
  if (again && task.cancelRequested) return { ...task, attempt, state: 'cancelled' };
  return { ...task, attempt, state, gen: again ? task.gen + 1 : task.gen };
}

/** What the protocol says that an operation does; `known` is what its caller knew of the task, perhaps no longer true. */
export function apply(task: ModelTask, operation: Operation, known: ModelTask): ModelTask {
  switch (operation.do) {
    case 'claim': {
      const gen = operation.stale ? known.gen - 1 : known.gen;
      if (task.state !== 'pending' || task.gen !== gen) return task;
      return { ...task, state: 'running', fence: task.fence + 1, attempt: task.attempt + 1 };
    }
    case 'finish': {
      const fence = operation.stale ? known.fence - 1 : known.fence;
      return task.state === 'running' && task.fence === fence ? ended(task, operation.as) : task;
    }
    case 'reap': {
      if (task.state !== 'running') return task;
      const last = task.attempt >= maxAttempts || task.lost + 1 >= maxLost;
      return { ...ended(task, last ? 'abandoned' : 'retrying'), lost: task.lost + 1 };
    }
    case 'cancel':
      if (isTerminal(task.state)) return task;
      return { ...task, cancelRequested: true, state: isWaiting(task.state) ? 'cancelled' : task.state };
    case 'promote':
      return task.state === 'retrying' ? { ...task, state: 'pending' } : task;
    case 'retry':
      if (!retryableStates.some((state) => state === task.state)) return task;
      return { ...submitted, gen: task.gen + 1, fence: task.fence };
    case 'beat':
      return task;
  }
}

/** All orders of some operations. */
export function orders<T>(items: T[]): T[][] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

/**
 * What operations that ran at the same time may have left: what some order of them leaves. A reaper and a relay skip a row that
 * another works on, and come again later.
 */
export function possible(task: ModelTask, operations: Operation[]): ModelTask[] {
  const skippable = operations.filter(
    ({ do: verb }) => operations.length > 1 && (verb === 'reap' || verb === 'promote'),
  );
  const kept = [operations, ...skippable.map((skipped) => operations.filter((operation) => operation !== skipped))];
  if (skippable.length > 1) kept.push(operations.filter((operation) => !skippable.includes(operation)));
  return kept.flatMap(orders).map((order) => order.reduce((now, operation) => apply(now, operation, task), task));
}
