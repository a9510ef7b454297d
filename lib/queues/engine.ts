import type { Job, Processor, Queue } from 'bullmq';
import { config } from '#lib/config';
import { openPostgresEngine } from './postgres-engine.ts';
import { openRedisEngine } from './redis-engine.ts';
import type { JobTaker, Taking } from './taker.ts';

/** All that a job says. Everything else stands in Postgres. */
export type JobData = { taskId: string; gen: number };

export type TaskJob = Job<JobData, void, string>;
export type TaskProcessor = Processor<JobData, void, string>;

/** Runs one job. `leave` gives its slot to the next when the body has ended and only the outcome is being recorded. */
export type JobProcessor = (job: JobData, leave: () => void) => Promise<void>;

export type JobToAdd = JobData & { name: string; priority: number };

/** BullMQ on one of its two backends; who uses it cannot tell which. */
export type QueueEngine = {
  readonly kind: 'redis' | 'postgres';
  /**
   * Adds jobs, or finds them already there: safe to repeat.
   * @throws TaskdeckError `unavailable` within about two seconds when the backend is down. The jobs may stand there all the same.
   */
  add(queue: string, jobs: JobToAdd[]): Promise<void>;
  /** Jobs of the queue that are not running: what the high-water mark bounds. Rejects like `add`. */
  depth(queue: string): Promise<number>;
  /** The BullMQ queue itself, for Bull Board. Rejects like `add`. */
  queue(name: string): Promise<Queue>;
  /** Starts to take jobs of the queue. */
  work(queue: string, processor: JobProcessor, taking: Taking): JobTaker;
  /** Removes a queue with all its jobs from the backend. Rejects like `add`. */
  drop(queue: string): Promise<void>;
  /**
   * Whether the backend carries the mark: one that does not has lost its jobs, or never had them. Always true where the jobs
   * stand in Postgres itself. Rejects like `add`.
   */
  hasMark(mark: string): Promise<boolean>;
  setMark(mark: string): Promise<void>;
  /** Whether the backend answers, in words. Never rejects. */
  ping(): Promise<{ ok: boolean; detail: string }>;
  /** Bytes the backend holds in memory; undefined where that says nothing. */
  memoryBytes(): Promise<number | undefined>;
  /** Ends within some seconds whatever still runs or hangs. */
  close(): Promise<void>;
};

export type EngineOptions =
  | { kind: 'redis'; redisUrl: string; prefix: string }
  | { kind: 'postgres'; databaseUrl: string };

/** Opens an engine; returns at once, whether or not the backend is up. */
export const openEngine = (options: EngineOptions): QueueEngine =>
  options.kind === 'redis'
    ? openRedisEngine(options.redisUrl, options.prefix)
    : openPostgresEngine(options.databaseUrl);

/** Which engine the environment asks for: `auto` is Redis when there is a REDIS_URL. */
export function engineOptions(): EngineOptions {
  const { QUEUE_ENGINE, REDIS_URL, DATABASE_URL, QUEUE_PREFIX } = config();
  if (QUEUE_ENGINE === 'postgres' || !REDIS_URL) return { kind: 'postgres', databaseUrl: DATABASE_URL };
  return { kind: 'redis', redisUrl: REDIS_URL, prefix: QUEUE_PREFIX };
}

/** Next bundles this module more than once a process, so the engine stands on globalThis. */
const holder = globalThis as { [key: symbol]: QueueEngine | undefined };
const key = Symbol.for('taskdeck.engine');

/** The process's engine, opened at first use. */
export const engine = (): QueueEngine => (holder[key] ??= openEngine(engineOptions()));

/** Makes `opened` the process's engine: for tests and scripts that open their own. */
export function useEngine(opened: QueueEngine): void {
  holder[key] = opened;
}

/** Closes the process's engine. */
export async function closeEngine(): Promise<void> {
  const opened = holder[key];
  holder[key] = undefined;
  await opened?.close();
}
