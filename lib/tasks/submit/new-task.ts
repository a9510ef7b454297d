import type { TaskState } from '../state.ts';
import type { RetryPolicy } from '../types.ts';

/** A task to insert: its columns as `jsonb_to_recordset` reads them, left out where they are null. */
export type TaskColumns = {
  id: string;
  definition: string;
  queue: string;
  priority: number;
  payload: unknown;
  tags?: string[];
  max_attempts: number;
  max_lost: number;
  retry: RetryPolicy;
  timeout_ms: number;
  delay_ms?: number;
  run_at?: string;
  ttl_ms?: number;
  concurrency_key?: string;
  concurrency_limit?: number;
  supersede_key?: string;
  on_dependency_failure?: 'cancel' | 'run';
  /** Above 0 the task is blocked. */
  unresolved?: number;
  parent_id?: string;
  correlation_id?: string;
  metadata?: Record<string, unknown>;
  idempotency_key?: string;
  /** Hex; there when there is an idempotency key. */
  request_hash?: string;
  submitted_by: string;
};

/** What a task has to do with others: settled under locks, in the transaction that inserts it. */
export type Links = {
  unique?: { key: string; windowMs?: number | undefined } | undefined;
  debounce?: { key: string; delayMs: number; mode: 'trailing' | 'leading'; maxWaitMs?: number | undefined } | undefined;
  supersede?: { key: string; running: boolean } | undefined;
  dependsOn: string[];
};

/** A task that has been checked and may be inserted; without links it needs one statement only. */
export type NewTask = { columns: TaskColumns; links?: Links };

/** What became of it. */
export type Accepted = {
  id: string;
  state: TaskState;
  /** The task stood there before: it is another's, or an earlier submit's. */
  duplicate: boolean;
  /** False when its idempotency key belongs to another request. */
  sameRequest: boolean;
  createdAt: Date;
  runAt: Date;
};
