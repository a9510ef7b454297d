import type { BulkOperation } from '#lib/bulk/types';
import type { QueueInfo } from '#lib/queues/types';
import type { FailureGroup, QueueState, StatsPoint, WindowStats } from '#lib/stats/types';
import { taskStates } from '#lib/tasks/state';
import type { Attempt, DeadLetterGroup, DefinitionInfo, StateCounts, TaskLogLine, TaskSummary } from '#lib/tasks/types';
import type { PoolInfo, WorkerInfo } from '#lib/workers/types';
import type { TaskView } from '../api/types.ts';

let made = 0;

/** An id whose order is the order of making, as UUIDv7's is. */
const newId = (): string => `01a00000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`;

const start = Date.parse('2026-11-21T10:00:00.000Z');

/** The time `seconds` after the tests' own beginning. */
export const at = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();

export const summary = (over: Partial<TaskSummary> = {}): TaskSummary => ({
  id: newId(),
  definition: 'sendMessage',
  queue: 'default',
  state: 'pending',
  priority: 0,
  progress: null,
  attempt: 0,
  maxAttempts: 5,
  errorMessage: null,
  cancelRequested: false,
  createdAt: at(0),
  runAt: at(0),
  startedAt: null,
  finishedAt: null,
  version: 1,
  ...over,
});

export const attempt = (over: Partial<Attempt> = {}): Attempt => ({
  attempt: 1,
  run: 1,
  outcome: 'success',
  workerId: 'worker-1',
  readyAt: at(0),
  startedAt: at(1),
  finishedAt: at(3),
  error: null,
  ...over,
});

export const view = (over: Partial<TaskView> = {}): TaskView => ({
  ...summary(),
  payload: { message: 'Hello' },
  result: null,
  error: null,
  attempts: [],
  workerId: null,
  readyAt: at(0),
  submittedBy: 'user:1',
  submitter: 'ada@example.com',
  timeoutMs: 30_000,
  retry: { attempts: 5, backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: true } },
  tags: [],
  metadata: null,
  correlationId: null,
  parentId: null,
  dependsOn: [],
  children: 0,
  concurrencyKey: null,
  concurrencyLimit: null,
  pausedFrom: null,
  expiresAt: null,
  fingerprint: null,
  archivedAt: null,
  dismissedAt: null,
  dismissReason: null,
  revisions: 0,
  inboxMessage: null,
  ...over,
});

export const line = (seq: number, over: Partial<TaskLogLine> = {}): TaskLogLine => ({
  seq: 1_000_000 + seq,
  attempt: 1,
  at: at(seq),
  level: 'info',
  message: `line ${seq}`,
  fields: null,
  ...over,
});

export const counts = (over: Partial<StateCounts> = {}): StateCounts => ({
  ...(Object.fromEntries(taskStates.map((state) => [state, 0])) as StateCounts),
  ...over,
});

export const definition = (over: Partial<DefinitionInfo> = {}): DefinitionInfo => ({
  name: 'sendMessage',
  title: 'Send message',
  description: 'Delivers a text.',
  queue: 'default',
  payloadSchema: {
    type: 'object',
    properties: { message: { type: 'string', minLength: 1, maxLength: 20 }, to: { type: 'string', default: 'inbox' } },
    required: ['message'],
    additionalProperties: false,
  },
  example: { message: 'Hello' },
  retry: { attempts: 5, backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: true } },
  timeoutMs: 30_000,
  priority: 0,
  mode: 'async',
  concurrencyLimit: null,
  ttlMs: null,
  maxLost: 3,
  isolated: false,
  retentionMs: null,
  active: true,
  ...over,
});

export const queue = (over: Partial<QueueInfo> = {}): QueueInfo => ({
  name: 'mail',
  concurrency: 20,
  highWater: 5_000,
  globalConcurrency: null,
  rateLimit: null,
  waitingLimit: null,
  serial: false,
  paused: false,
  draining: false,
  waiting: 0,
  running: 0,
  oldestWaitingSeconds: 0,
  ...over,
});

export const worker = (over: Partial<WorkerInfo> = {}): WorkerInfo => ({
  id: 'worker-1',
  host: 'host-1',
  pid: 7,
  version: '1.0.0',
  poolId: 'pool-1',
  queues: ['default'],
  slots: 20,
  queueSlots: { default: 20 },
  running: 0,
  leaked: 0,
  state: 'running',
  alive: true,
  healthy: true,
  memoryBytes: 128 * 1024 * 1024,
  eventLoopLagMs: 2,
  consumedAt: at(0),
  startedAt: at(0),
  beatAt: at(0),
  ...over,
});

export const pool = (over: Partial<PoolInfo> = {}): PoolInfo => ({
  id: 'pool-1',
  host: 'host-1',
  pid: 6,
  size: 2,
  minSize: 1,
  maxSize: 4,
  workers: 2,
  alive: true,
  startedAt: at(0),
  beatAt: at(0),
  ...over,
});

export const deadLetters = (over: Partial<DeadLetterGroup> = {}): DeadLetterGroup => ({
  fingerprint: '0123456789abcdef',
  count: 3,
  firstAt: at(0),
  lastAt: at(60),
  definitions: ['sendMessage'],
  sampleId: newId(),
  sampleMessage: 'The mail server refused.',
  ...over,
});

export const operation = (over: Partial<BulkOperation> = {}): BulkOperation => ({
  id: newId(),
  verb: 'redrive',
  filter: { fingerprint: '0123456789abcdef', dismissed: false },
  args: {},
  perSecond: 10,
  state: 'running',
  total: 40,
  totalCapped: false,
  done: 0,
  skipped: 0,
  createdBy: 'user:1',
  createdByName: 'ada@example.com',
  createdAt: at(0),
  finishedAt: null,
  ...over,
});

export const statsPoint = (minute: number, over: Partial<StatsPoint> = {}): StatsPoint => ({
  at: at(minute * 60),
  submitted: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
  abandoned: 0,
  wait: null,
  run: null,
  ...over,
});

/** Fifteen minutes; without `points` nothing happened in them. */
export function windowStats({ points = [], ...over }: Partial<WindowStats> = {}): WindowStats {
  const steps = Array.from({ length: 15 }, (_, minute) => points[minute] ?? statsPoint(minute));
  const total = (event: 'submitted' | 'completed' | 'failed' | 'cancelled' | 'abandoned') =>
    steps.reduce((sum, point) => sum + point[event], 0);
  return {
    window: '15m',
    from: at(0),
    to: at(15 * 60),
    stepSeconds: 60,
    points: steps,
    totals: {
      submitted: total('submitted'),
      completed: total('completed'),
      failed: total('failed'),
      cancelled: total('cancelled'),
      abandoned: total('abandoned'),
    },
    retries: 0,
    wait: null,
    run: null,
    ...over,
  };
}

export const queueState = (over: Partial<QueueState> = {}): QueueState => ({
  queue: 'mail',
  paused: false,
  draining: false,
  waiting: 0,
  running: 0,
  oldestWaitingSeconds: null,
  submittedPerMinute: 0,
  endedPerMinute: 0,
  ...over,
});

export const failureGroup = (over: Partial<FailureGroup> = {}): FailureGroup => ({
  fingerprint: '0123456789abcdef',
  count: 3,
  more: false,
  lastAt: at(60),
  definitions: ['sendMessage'],
  sampleId: newId(),
  sampleMessage: 'The mail server refused.',
  ...over,
});
