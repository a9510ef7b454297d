/** A worker process as it reported itself, at most five seconds ago while it is alive. */
export type WorkerInfo = {
  id: string;
  host: string;
  pid: number;
  version: string;
  /** The pool that keeps the process alive; null for a worker that stands alone. */
  poolId: string | null;
  queues: string[];
  /** Tasks at once, over all queues. */
  slots: number;
  queueSlots: Record<string, number>;
  running: number;
  /** Slots held by bodies that go on although their attempt has ended. */
  leaked: number;
  state: 'running' | 'paused' | 'draining' | 'stopped';
  /** It beat within the last 15 seconds. */
  alive: boolean;
  /** False: it beats, its queue engine answers, and still it has taken nothing for a minute, no probe either. */
  healthy: boolean;
  /** Resident memory; null until its first beat. */
  memoryBytes: number | null;
  /** How late timers were, 99th percentile since the beat before. */
  eventLoopLagMs: number | null;
  /** When it last took a task, or a probe in its stead. */
  consumedAt: string | null;
  startedAt: string;
  beatAt: string;
};

/** The worker processes of one host. */
export type PoolInfo = {
  id: string;
  host: string;
  pid: number;
  /** Processes wanted. */
  size: number;
  /** Idle processes above it stop by themselves. */
  minSize: number;
  maxSize: number;
  /** Its live worker processes. */
  workers: number;
  /** It beat within the last 15 seconds. */
  alive: boolean;
  startedAt: string;
  beatAt: string;
};
