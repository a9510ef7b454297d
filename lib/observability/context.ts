import { AsyncLocalStorage } from 'node:async_hooks';
import { shared } from './shared.ts';

/** What a log line knows about the work in hand; printed in snake_case (requestId becomes request_id). */
export type LogContext = {
  requestId?: string;
  traceId?: string;
  spanId?: string;
  userId?: string;
  workerId?: string;
  queue?: string;
  definition?: string;
  taskId?: string;
  attempt?: number;
  scheduleId?: string;
  workflowId?: string;
  batchId?: string;
};

const storage = shared('logContext', () => new AsyncLocalStorage<LogContext>());

const REQUEST_ID = /^[\w-]{8,64}$/;

/** Runs `run` (sync or async) with `fields` added to the context around it; inner fields win. */
export function withContext<T>(fields: LogContext, run: () => T): T {
  return storage.run(Object.freeze({ ...storage.getStore(), ...fields }), run);
}

/** The fields set by the enclosing `withContext` calls; empty outside of any. */
export function currentContext(): LogContext {
  return storage.getStore() ?? {};
}

/** The caller's request id if it is safe to print and to echo, else a new one. */
export function acceptRequestId(offered: string | null | undefined): string {
  return offered && REQUEST_ID.test(offered) ? offered : crypto.randomUUID();
}
