import { randomUUID } from 'node:crypto';
import type { TaskContext } from '#lib/tasks/define';
import type { LogLevel } from '#lib/tasks/types';

type LogLine = { level: LogLevel; message: string; fields: Record<string, unknown> | undefined };

/** A task that keeps what a handler told it. `abort` cancels it, as a person or the time limit would. */
export function recordedTask(given: { id?: string; attempt?: number } = {}) {
  const controller = new AbortController();
  const logs: LogLine[] = [];
  const progress: Parameters<TaskContext['progress']>[0][] = [];
  const logger = (level: LogLevel) => (message: string, fields?: Record<string, unknown>) =>
    void logs.push({ level, message, fields });
  const id = given.id ?? randomUUID();
  const task: TaskContext = {
    id,
    attempt: given.attempt ?? 1,
    fence: given.attempt ?? 1,
    idempotencyKey: id,
    metadata: {},
    parentId: null,
    correlationId: null,
    signal: controller.signal,
    log: { debug: logger('debug'), info: logger('info'), warn: logger('warn'), error: logger('error') },
    progress: (value) => void progress.push(value),
    heartbeat: () => undefined,
    emit: async () => ({ id: randomUUID() }),
    complete: () => Promise.reject(new Error('complete() needs a database: submit the task to a worker of the test')),
  };
  return { task, logs, progress, abort: (reason: Error = new Error('cancelled')) => controller.abort(reason) };
}
