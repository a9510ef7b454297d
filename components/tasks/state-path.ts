import { isTerminal, type TaskState } from '#lib/tasks/state';
import type { Attempt, TaskDetail } from '#lib/tasks/types';
import { beginsAnew } from './rounds.ts';

/** A stay in a state; times in milliseconds, `to` null while it is there. */
export type Stay = { state: TaskState; from: number; to: number | null };

/** When somebody paused the task, and when it was resumed; milliseconds. */
export type Pause = { from: number; to: number | null };

/** Shorter than this is not a wait that somebody asked for, but the time in which the task was written. */
const negligibleMs = 50;

const endOf: Record<Attempt['outcome'], TaskState> = {
  running: 'running',
  success: 'completed',
  failure: 'failed',
  timeout: 'failed',
  cancelled: 'cancelled',
  lost: 'abandoned',
};

type PathInput = Pick<
  TaskDetail,
  'state' | 'createdAt' | 'readyAt' | 'finishedAt' | 'attempts' | 'attempt' | 'dependsOn' | 'pausedFrom'
>;

/**
 * The states through which a task went, in their order. No table keeps them: they follow from its times and attempts, and
 * its pauses from the audit log. The last stay is that in the present state.
 */
export function statePath(task: PathInput, pauses: readonly Pause[] = []): Stay[] {
  const stays: Stay[] = [];
  let at = Date.parse(task.createdAt);
  const stay = (state: TaskState, until: string) => {
    const to = Math.max(at, Date.parse(until));
    stays.push({ state, from: at, to });
    at = to;
  };
  const isLater = (time: string) => Date.parse(time) - at > negligibleMs;
  const heldBack: TaskState = task.dependsOn.length > 0 ? 'blocked' : 'scheduled';

  const waitUntilReady = (readyAt: string, before: Attempt | undefined, attempt: number) => {
    if (!before) {
      if (isLater(readyAt)) stay(heldBack, readyAt);
    } else {
      stay(beginsAnew(before, attempt) ? endOf[before.outcome] : 'retrying', readyAt);
    }
  };
  for (const [index, attempt] of task.attempts.entries()) {
    waitUntilReady(attempt.readyAt, task.attempts[index - 1], attempt.attempt);
    stay('pending', attempt.startedAt);
    if (attempt.finishedAt) stay('running', attempt.finishedAt);
  }

  const last = task.attempts.at(-1);
  const waiting = pathWhileWaiting(task, heldBack);
  if (isTerminal(task.state)) {
    if (task.finishedAt && isLater(task.finishedAt)) stay(last ? 'retrying' : waiting, task.finishedAt);
  } else if (task.state === 'pending' && last?.finishedAt !== null) {
    waitUntilReady(task.readyAt, last, task.attempt + 1);
  } else if (task.state === 'paused' && last && task.attempt === 0) {
    stay(endOf[last.outcome], task.readyAt);
  }
  stays.push({ state: task.state === 'paused' ? waiting : task.state, from: at, to: null });
  return withPauses(stays, pauses, task.state === 'paused');
}

const pathWhileWaiting = (task: PathInput, heldBack: TaskState): TaskState => {
  if (task.state === 'paused') return task.pausedFrom ?? 'pending';
  return task.dependsOn.length > 0 ? heldBack : 'pending';
};

/** Cuts the pauses out of the stays in which they fell. */
function withPauses(stays: Stay[], pauses: readonly Pause[], pausedNow: boolean): Stay[] {
  const cut = pauses.reduce<Stay[]>((known, pause) => known.flatMap((stay) => cutOut(stay, pause)), stays);
  const last = cut.at(-1);
  // Paused by a bulk operation, whose entry is not the task's own: since when is not known.
  if (pausedNow && last && last.state !== 'paused')
    return [...cut.slice(0, -1), { ...last, to: last.from }, { state: 'paused', from: last.from, to: null }];
  return cut;
}

function cutOut(stay: Stay, pause: Pause): Stay[] {
  const waits = !isTerminal(stay.state) && stay.state !== 'running' && stay.state !== 'paused';
  const end = stay.to ?? Infinity;
  if (!waits || pause.from < stay.from || pause.from >= end) return [stay];
  const resumed = Math.min(pause.to ?? Infinity, end);
  return [
    { ...stay, to: pause.from },
    { state: 'paused', from: pause.from, to: resumed === Infinity ? null : resumed },
    ...(resumed < end ? [{ ...stay, from: resumed }] : []),
  ];
}

/** How long the task was in each state in all, up to `now`, and how often. In the order of the first stay. */
export function staysByState(stays: readonly Stay[], now: number): { state: TaskState; ms: number; times: number }[] {
  const sums = new Map<TaskState, { state: TaskState; ms: number; times: number }>();
  for (const { state, from, to } of stays) {
    const sum = sums.get(state) ?? { state, ms: 0, times: 0 };
    sums.set(state, { state, ms: sum.ms + Math.max(0, (to ?? now) - from), times: sum.times + 1 });
  }
  return [...sums.values()];
}
