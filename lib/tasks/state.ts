/** The states of a task, in the order in which a list shows them. */
export const taskStates = [
  'pending',
  'scheduled',
  'blocked',
  'running',
  'retrying',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'abandoned',
] as const;

export type TaskState = (typeof taskStates)[number];

/**
 * Which state may follow which. The SQL function `task_transition_allowed` holds the same table, and a
 * trigger enforces it there; state.integration.test.ts reads both.
 *
 * Terminal states are left only by a retry or redrive, which raises `gen`.
 */
export const transitions: Record<TaskState, readonly TaskState[]> = {
  pending: ['running', 'scheduled', 'paused', 'cancelled', 'failed'],
  scheduled: ['pending', 'paused', 'cancelled'],
  blocked: ['pending', 'scheduled', 'paused', 'cancelled', 'failed'],
  running: ['completed', 'failed', 'cancelled', 'retrying', 'pending', 'abandoned'],
  retrying: ['pending', 'paused', 'cancelled', 'failed', 'abandoned'],
  paused: ['pending', 'scheduled', 'blocked', 'retrying', 'cancelled'],
  completed: ['pending'],
  failed: ['pending'],
  cancelled: ['pending'],
  abandoned: ['pending'],
};

export const terminalStates = ['completed', 'failed', 'cancelled', 'abandoned'] as const satisfies TaskState[];
/** Ended without doing its work: what a retry or redrive may send again. */
export const retryableStates = ['failed', 'cancelled', 'abandoned'] as const satisfies TaskState[];
/** Dead letters: nothing but a person sends them again. */
export const deadLetterStates = ['failed', 'abandoned'] as const satisfies TaskState[];
/** Not started and not ended: a cancel takes effect at once. */
export const waitingStates = ['pending', 'scheduled', 'blocked', 'retrying', 'paused'] as const satisfies TaskState[];

const includes = (states: readonly TaskState[], state: TaskState): boolean => states.includes(state);

/** True when a task in `from` may become `to`. Staying in a state is not a transition. */
export const mayBecome = (from: TaskState, to: TaskState): boolean => includes(transitions[from], to);
/** True when nothing more will happen to the task by itself. */
export const isTerminal = (state: TaskState): boolean => includes(terminalStates, state);
/** True when a person may send the task again. */
export const isRetryable = (state: TaskState): boolean => includes(retryableStates, state);
/** True when the task waits among the dead letters until somebody has dealt with it. */
export const isDeadLetter = (state: TaskState): boolean => includes(deadLetterStates, state);
/** True when a person may cancel the task. */
export const isCancellable = (state: TaskState): boolean => !isTerminal(state);
