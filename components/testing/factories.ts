import { taskStates } from '#lib/tasks/state';
import type { Attempt, DefinitionInfo, StateCounts, TaskLogLine, TaskSummary } from '#lib/tasks/types';
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
  submittedBy: 'user:1',
  submitter: 'ada@example.com',
  timeoutMs: 30_000,
  retry: { attempts: 5, backoff: { type: 'exponential', delay: 1_000, max: 60_000, jitter: true } },
  tags: [],
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
  active: true,
  ...over,
});
