import type { Progress, TaskLogLine, TaskSummary } from '#lib/tasks/types';
import { flushBulk } from './bulk.ts';
import { type Coalescer, createCoalescer } from './coalesce.ts';
import { type Broadcast, broadcast } from './publish.ts';
import {
  type ChangedMessage,
  type LogsMessage,
  maxRowsPerMessage,
  type ProgressMessage,
  type TasksMessage,
  topics,
} from './topics.ts';

/** Lines and bytes of one logs message; beyond them the page refetches. */
const maxLogLines = 200;
const maxLogBytes = 64 * 1024;

/** Five messages a second; a task that is alone shows its start and its end at once. */
const pace = { everyMs: 200, burst: 4 };

type TaskNews = { progress?: ProgressMessage; lines: TaskLogLine[]; tooMuch: boolean };

/** Rows that wait at most while a send hangs: each may hold what its task was claimed with. */
const maxWaitingRows = 5_000;

/** The summary is built when it is sent: under load most never are. */
type TaskChange = { definition: string; version: number; summary: () => TaskSummary };
/** Tasks of the definition have changed, and no row says which or how. */
type Others = { definition: string };

const othersOf = (definition: string): [key: string, change: Others] => [`others:${definition}`, { definition }];
const isRow = (change: TaskChange | Others): change is TaskChange => 'summary' in change;

const feed: Coalescer<TaskChange | Others> = createCoalescer({
  ...pace,
  merge: (earlier, later) => (isRow(earlier) && isRow(later) && earlier.version > later.version ? earlier : later),
  maxKeys: maxWaitingRows,
  beyond: ({ definition }) => othersOf(definition),
  send: (items) => broadcast([{ topic: topics.tasks, event: 'changes', payload: toTasksMessage([...items.values()]) }]),
});

/**
 * When too much has changed, the definitions of which least has are told: whoever waits for a task of their own sees it at once
 * while another definition has thousands.
 */
function toTasksMessage(changes: (TaskChange | Others)[]): TasksMessage {
  const byDefinition = [...Map.groupBy(changes.filter(isRow), ({ definition }) => definition)];
  const told: TaskChange[] = [];
  const untold = new Set(changes.flatMap((change) => (isRow(change) ? [] : [change.definition])));
  for (const [definition, its] of byDefinition.sort(([, a], [, b]) => a.length - b.length)) {
    if (told.length + its.length <= maxRowsPerMessage) told.push(...its);
    else untold.add(definition);
  }
  return { tasks: told.map(({ summary }) => summary()), ...(untold.size > 0 && { untold: [...untold] }) };
}

const details: Coalescer<TaskNews> = createCoalescer({
  ...pace,
  merge: (earlier, later) => {
    const tooMuch = earlier.tooMuch || later.tooMuch || earlier.lines.length + later.lines.length > maxLogLines;
    const progress = later.progress ?? earlier.progress;
    return { ...(progress && { progress }), lines: tooMuch ? [] : [...earlier.lines, ...later.lines], tooMuch };
  },
  // When thousands of tasks talk at once, most have no page open: the rest is dropped, and a page that lacks lines sees the
  // gap, or the end of its task, and fetches them.
  maxKeys: maxRowsPerMessage,
  send: (items) => broadcast([...items].flatMap(([id, news]) => toMessages(id, news))),
});

function toMessages(id: string, { progress, lines, tooMuch }: TaskNews): Broadcast[] {
  const messages: Broadcast[] = [];
  if (progress) messages.push({ topic: topics.task(id), event: 'progress', payload: progress });
  if (tooMuch || lines.length > 0) {
    const tooLong = tooMuch || JSON.stringify(lines).length > maxLogBytes;
    const payload: LogsMessage = tooLong ? { refetch: true } : { lines };
    messages.push({ topic: topics.task(id), event: 'logs', payload });
  }
  return messages;
}

type ChangedTask = Pick<TaskSummary, 'id' | 'version' | 'definition'>;
const keyOf = ({ version, definition }: ChangedTask) => ({ version, definition });

type TasksListener = (tasks: TaskSummary[]) => void;
const listeners: TasksListener[] = [];

/** Has `listener` told of what this process publishes; a hint only, since most changes happen in other processes. */
export function onTasksPublished(listener: TasksListener): void {
  listeners.push(listener);
}

/** Tells the pages what a list shows of these tasks. Returns at once. */
export function publishTasks(tasks: TaskSummary[]): void {
  for (const listener of listeners) listener(tasks);
  for (const task of tasks) feed.add(task.id, { ...keyOf(task), summary: () => task });
}

/** As `publishTasks`, for one that changes thousands of times a second: what the list shows is built only when it is sent. */
export function publishTask(task: ChangedTask, summary: () => TaskSummary): void {
  if (listeners.length > 0) publishTasks([summary()]);
  else feed.add(task.id, { ...keyOf(task), summary });
}

/**
 * Tells the pages that tasks of these definitions have changed in a way that their rows do not say: archived, deleted. Returns at
 * once.
 */
export function publishUntold(definitions: Iterable<string>): void {
  for (const definition of definitions) feed.add(...othersOf(definition));
}

/** Tells the task's page how far it is. Returns at once. */
export function publishProgress(id: string, progress: Progress, attempt: number): void {
  details.add(id, { progress: { progress, attempt }, lines: [], tooMuch: false });
}

/** Tells the task's page the lines that are now in the database. Returns at once. */
export function publishLogs(id: string, lines: TaskLogLine[]): void {
  details.add(id, { lines, tooMuch: lines.length > maxLogLines });
}

/** Tells the pages that a worker started, drains or stopped. Never rejects. */
export async function publishWorkers(): Promise<void> {
  const payload: ChangedMessage = { refetch: true };
  await broadcast([{ topic: topics.workers, event: 'changed', payload }]);
}

/** Tells the pages that a queue was made or its settings changed. Never rejects. */
export async function publishQueues(): Promise<void> {
  const payload: ChangedMessage = { refetch: true };
  await broadcast([{ topic: topics.queues, event: 'changed', payload }]);
}

/** Sends what still waits: for shutdown. */
export async function flushFeed(): Promise<void> {
  await Promise.all([feed.flush(), details.flush(), flushBulk()]);
}
