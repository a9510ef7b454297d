/** At most `max` starts in `perMs` milliseconds, over all workers. */
export type RateLimit = { max: number; perMs: number };

/** What a queue was told. Postgres keeps it; BullMQ's copy is made to say the same. */
export type QueueSettings = {
  name: string;
  /** Tasks at once in each worker process. */
  concurrency: number;
  /** Jobs that may stand in BullMQ; the rest waits in Postgres. */
  highWater: number;
  /** Tasks at once over all workers; null: no limit. */
  globalConcurrency: number | null;
  rateLimit: RateLimit | null;
  /** Above so many waiting tasks a submit is refused; null: no limit. */
  waitingLimit: number | null;
  /** One task at a time over all workers, in the order of priority. */
  serial: boolean;
  /** Takes tasks and starts none. */
  paused: boolean;
  /** Takes no new tasks; what it has is run. */
  draining: boolean;
};

/** A queue's settings and what stands in it, counted in Postgres. */
export type QueueInfo = QueueSettings & {
  waiting: number;
  running: number;
  /** Seconds the longest waiting due task has waited; 0 when none waits. */
  oldestWaitingSeconds: number;
};
