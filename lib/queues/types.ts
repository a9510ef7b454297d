/** A queue's settings and what stands in it, counted in Postgres. */
export type QueueInfo = {
  name: string;
  concurrency: number;
  highWater: number;
  paused: boolean;
  waiting: number;
  running: number;
  /** Seconds the longest waiting due task has waited; 0 when none waits. */
  oldestWaitingSeconds: number;
};
