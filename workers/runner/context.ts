import type { TaskContext } from '#lib/tasks/define';
import type { Claimed } from './claim.ts';

/** What a body and the judging of it need of a task. */
export type Work = Pick<
  Claimed,
  | 'id'
  | 'fence'
  | 'attempt'
  | 'maxAttempts'
  | 'definition'
  | 'payload'
  | 'retry'
  | 'metadata'
  | 'parentId'
  | 'correlationId'
>;

/** Where a context leads to: in the worker's own process straight there, from an isolated handler by messages. */
export type Ports = Pick<TaskContext, 'signal' | 'log' | 'progress' | 'heartbeat' | 'emit'> & {
  /** Resolves when every log line and the progress so far are kept. */
  flush(): Promise<void>;
};

/** What the handler is given beside its payload. */
export function createContext(work: Work, ports: Ports, complete: TaskContext['complete']): TaskContext {
  const { signal, log, progress, heartbeat, emit } = ports;
  return {
    id: work.id,
    attempt: work.attempt,
    fence: work.fence,
    idempotencyKey: work.id,
    metadata: work.metadata ?? {},
    parentId: work.parentId,
    correlationId: work.correlationId,
    signal,
    log,
    progress,
    heartbeat,
    emit,
    complete,
  };
}
