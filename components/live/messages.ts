import type { LogsMessage, ProgressMessage, TasksMessage } from '#lib/realtime/topics';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The messages as the server sends them; anything else is null and ignored: the next refetch heals it. */
export function readTasksMessage(payload: unknown): TasksMessage | null {
  if (!isObject(payload) || !Array.isArray(payload['tasks'])) return null;
  const { tasks, untold } = payload as TasksMessage;
  return Array.isArray(untold) ? { tasks, untold } : { tasks };
}

export function readLogsMessage(payload: unknown): LogsMessage | null {
  if (!isObject(payload)) return null;
  if (payload['refetch'] === true) return { refetch: true };
  return Array.isArray(payload['lines']) ? ({ lines: payload['lines'] } as LogsMessage) : null;
}

export function readProgressMessage(payload: unknown): ProgressMessage | null {
  if (!isObject(payload) || !isObject(payload['progress'])) return null;
  return typeof payload['progress']['fraction'] === 'number' ? (payload as ProgressMessage) : null;
}
