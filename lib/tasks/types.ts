import type { TaskState } from './state.ts';

/** How an attempt ended. `lost`: its worker died; `timeout`: its time limit passed. */
export const attemptOutcomes = ['success', 'failure', 'timeout', 'cancelled', 'lost'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** An error as it is kept and shown: no live object, no secret, causes nested. */
export type StoredError = {
  name: string;
  message: string;
  stack?: string;
  cause?: StoredError;
  /** False when the error said that another attempt is pointless. */
  retryable?: boolean;
};

/** `fraction` is 0 to 1; `done` and `total` are there when the handler counts. */
export type Progress = { fraction: number; done?: number; total?: number; message?: string };

/**
 * When to try again; delays in milliseconds. Jitter spreads a delay over 50 % to 100 % of itself. `custom`: a function of
 * the definition decides, and the rest counts only where it is not at hand.
 */
export type RetryPolicy = {
  attempts: number;
  backoff: { type: 'fixed' | 'exponential' | 'custom'; delay: number; max: number; jitter: boolean };
};

/** A row of a list, and what the change feed carries. Times are ISO 8601 strings. */
export type TaskSummary = {
  id: string;
  definition: string;
  queue: string;
  state: TaskState;
  priority: number;
  progress: Progress | null;
  attempt: number;
  maxAttempts: number;
  errorMessage: string | null;
  /** A cancel was asked for and the handler has not stopped yet. */
  cancelRequested: boolean;
  createdAt: string;
  /** When it may start: the delay's or backoff's end. */
  runAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Rises with each change of the row: an older version never replaces a newer one. */
  version: number;
};

/** One execution of the handler; the last one may still be going on. */
export type Attempt = {
  /** From 1 again after a retry or redrive. */
  attempt: number;
  /** Rises with each execution of the task, over retries and redrives: what a link to one attempt names. */
  run: number;
  outcome: AttemptOutcome | 'running';
  workerId: string | null;
  /** When it could have started, did start, and ended. */
  readyAt: string;
  startedAt: string;
  finishedAt: string | null;
  error: StoredError | null;
};

export type TaskDetail = TaskSummary & {
  payload: unknown;
  result: unknown;
  error: StoredError | null;
  attempts: Attempt[];
  workerId: string | null;
  /** Since when it could have started, or will be able to: deliberate waiting left out. */
  readyAt: string;
  submittedBy: string;
  /** The e-mail address or the API key's name; null when it is gone. */
  submitter: string | null;
  timeoutMs: number;
  retry: RetryPolicy;
  tags: string[];
  metadata: Record<string, unknown> | null;
  correlationId: string | null;
  /** The task that emitted it. */
  parentId: string | null;
  /** The tasks it waits for, or waited for. */
  dependsOn: string[];
  /** How many tasks it has emitted; counted to 1,000. */
  children: number;
  concurrencyKey: string | null;
  concurrencyLimit: number | null;
  /** The state that a resume leads back to. */
  pausedFrom: TaskState | null;
  /** Cancelled when it has not started by then. */
  expiresAt: string | null;
  /** Errors of one cause share it; null without an error. */
  fingerprint: string | null;
  archivedAt: string | null;
  dismissedAt: string | null;
  dismissReason: string | null;
  /** Payloads that redrives have replaced. */
  revisions: number;
};

/** What can be told to a task that stands there. */
export const controlVerbs = [
  'cancel',
  'pause',
  'resume',
  'retry',
  'redrive',
  'archive',
  'unarchive',
  'dismiss',
  'undismiss',
  'purge',
] as const;
export type ControlVerb = (typeof controlVerbs)[number];

/** A payload that a redrive has replaced; 1 is the first. */
export type PayloadRevision = {
  revision: number;
  payload: unknown;
  replacedAt: string;
  /** Who replaced it: user:<uuid> or key:<uuid>, and the e-mail address or the key's name. */
  replacedBy: string;
  replacedByName: string | null;
};

/** Dead letters of one cause. */
export type DeadLetterGroup = {
  fingerprint: string;
  count: number;
  firstAt: string;
  lastAt: string;
  /** The definitions they are of. */
  definitions: string[];
  /** The newest of them, and its error. */
  sampleId: string;
  sampleMessage: string;
};

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Room for a million lines a run: the seq of a later run is always above an earlier one's. */
export const seqPerAttempt = 1_000_000;

/** One line of a task's log; `seq` is its run times `seqPerAttempt`, and rises by one within the run. */
export type TaskLogLine = {
  seq: number;
  attempt: number;
  at: string;
  level: LogLevel;
  message: string;
  fields: Record<string, unknown> | null;
};

/** A JSON Schema document (draft 2020-12), as zod writes it. */
export type JsonSchema = Record<string, unknown>;

/** A registered task type as the worker published it. */
export type DefinitionInfo = {
  name: string;
  title: string;
  description: string;
  queue: string;
  payloadSchema: JsonSchema;
  /** A payload that works, to start from. */
  example: unknown;
  retry: RetryPolicy;
  timeoutMs: number;
  priority: number;
  /** sync: strictly one at a time over all workers. */
  mode: 'async' | 'sync';
  /** Tasks of one concurrency key at once, where a submit says no limit; null: no limit. */
  concurrencyLimit: number | null;
  /** Milliseconds within which a task must start; null: it waits for ever. */
  ttlMs: number | null;
  /** A task whose workers died so often is abandoned. */
  maxLost: number;
  /** Its handler runs in a process of its own. */
  isolated: boolean;
  /** Milliseconds after which an ended task is deleted; null: it is kept. */
  retentionMs: number | null;
  active: boolean;
};

export type StateCounts = Record<TaskState, number>;

/** What a task has to do with the one that a graph is of. */
export const graphRelations = ['self', 'parent', 'child', 'dependency', 'dependent'] as const;

/** A task among those that have to do with it: emitted it, were emitted by it, are waited for or wait. */
export type TaskGraph = {
  nodes: {
    id: string;
    definition: string;
    state: TaskState;
    relation: (typeof graphRelations)[number];
    createdAt: string;
  }[];
  /** `parent`: `from` emitted `to`. `dependency`: `to` waits, or waited, for `from`. */
  edges: { from: string; to: string; kind: 'parent' | 'dependency' }[];
  /** There are, or may be, more than are told. */
  more: boolean;
};

/** A payload that was submitted lately. */
export type RecentPayload = {
  /** The newest task that has it. */
  taskId: string;
  /** The beginning of its JSON. */
  preview: string;
  state: TaskState;
  createdAt: string;
};
