/** How far back the figures reach. */
export const statsWindows = ['15m', '1h', '24h', '7d'] as const;
export type StatsWindow = (typeof statsWindows)[number];

/** What happens to tasks: they are submitted, and they end in one of these states. */
export const taskEvents = ['submitted', 'completed', 'failed', 'cancelled', 'abandoned'] as const;
export type TaskEvent = (typeof taskEvents)[number];

/** Milliseconds. At most 9 % off. */
export type Percentiles = { p50: number; p95: number; p99: number };

/** How long tasks waited before their last attempt, and how long that ran; null where none of them had started. */
export type Durations = { wait: Percentiles | null; run: Percentiles | null };

/** What happened in one step of the window, which begins at `at` (ISO 8601). */
export type StatsPoint = Record<TaskEvent, number> & Durations & { at: string };

/** What happened in a window. The steps come without gaps, oldest first; the last one is still going on. */
export type WindowStats = Durations & {
  window: StatsWindow;
  /** ISO 8601: the beginning of the first step, and the moment of reading. */
  from: string;
  to: string;
  stepSeconds: number;
  points: StatsPoint[];
  totals: Record<TaskEvent, number>;
  /** Attempts beyond the first, of the tasks that ended. */
  retries: number;
};

/** Which tasks the figures are of; all when both are left out. */
export type StatsOf = { definition: string } | { queue: string } | Record<never, never>;

/** What stands in a queue now. */
export type QueueLevel = {
  queue: string;
  waiting: number;
  running: number;
  /** How long the one that waits longest has waited; null when none waits. */
  oldestWaitingSeconds: number | null;
};

/** Of a queue: tasks a minute over the last five minutes. */
export type QueueRate = { queue: string; submittedPerMinute: number; endedPerMinute: number };

/** A queue at a glance. */
export type QueueState = QueueLevel & QueueRate & { paused: boolean; draining: boolean };

/** Of a definition: what happened in each of the last 24 hours, oldest first. */
export type DefinitionRates = { definition: string; hours: { at: string; ended: number; failed: number }[] };

/** Which tasks are counted: all of what is given must hold. */
export type CountsOf = { states?: readonly string[]; definitions?: readonly string[]; queues?: readonly string[] };

/** Dead letters of one cause within a window. */
export type FailureGroup = {
  fingerprint: string;
  count: number;
  /** There are more of them: only the newest dead letters are looked at. */
  more: boolean;
  lastAt: string;
  definitions: string[];
  /** The newest of them, and its error. */
  sampleId: string;
  sampleMessage: string;
};
