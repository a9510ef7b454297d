import { log } from '#lib/observability/index';
import type { TaskOutcome } from '#lib/tasks/index';
import type { TaskState } from '#lib/tasks/state';

/** A state that a task has come to, or news of its progress. */
export type TaskEventType = TaskState | 'progress';

export type TaskEvent = { type: TaskEventType; taskId: string; at: Date; task: TaskOutcome };

export type TaskEventHandler = (event: TaskEvent) => void;

type EventFilter = { type?: TaskEventType; taskId?: string };

export type TaskEvents = {
  /** Has `handler` told of every event of the type. Answers how to end that. */
  on(type: TaskEventType, handler: TaskEventHandler): () => void;
  off(type: TaskEventType, handler: TaskEventHandler): void;
  /** The latest events, oldest first. */
  history(filter?: EventFilter): TaskEvent[];
  emit(event: TaskEvent): void;
  /** True while somebody listens. */
  heard(): boolean;
};

/** @param historySize events that are kept. */
export function createTaskEvents(historySize: number): TaskEvents {
  const handlers = new Map<TaskEventType, Set<TaskEventHandler>>();
  const kept: TaskEvent[] = [];
  const off = (type: TaskEventType, handler: TaskEventHandler): void => void handlers.get(type)?.delete(handler);

  return {
    on: (type, handler) => {
      handlers.set(type, (handlers.get(type) ?? new Set()).add(handler));
      return () => off(type, handler);
    },
    off,
    history: ({ type, taskId } = {}) =>
      kept.filter(
        (event) => (type === undefined || event.type === type) && (taskId === undefined || event.taskId === taskId),
      ),
    emit: (event) => {
      kept.push(event);
      if (kept.length > historySize) kept.shift();
      for (const handler of handlers.get(event.type) ?? []) tell(handler, event);
    },
    heard: () => [...handlers.values()].some((set) => set.size > 0),
  };
}

/** One handler's error is not the others'. */
function tell(handler: TaskEventHandler, event: TaskEvent): void {
  try {
    handler(event);
  } catch (error) {
    log.error('A handler of task events failed', { event: event.type, taskId: event.taskId, error });
  }
}
