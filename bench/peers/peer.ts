/** Where a peer keeps its tasks: a Postgres database and a Redis database of its own on the shared servers. */
export type PeerPlace = {
  databaseUrl: string;
  redisUrl: string;
  /** The REST API on that database, for the peer that uses it. */
  supabaseUrl: string;
  supabaseSecretKey: string;
  /** Jobs that Taskdeck may keep in BullMQ; the rest waits in Postgres. */
  highWater: number;
  /** Finished tasks that Taskdeck's table holds all the time. */
  history: number;
};

/** Called by the worker as the body of each task, with the key that the task was added with. */
export type Body = (key: string) => void;

/** One task system under the same few verbs. Each is used as its documentation says for throughput. */
export type Peer = {
  /** Adds tasks with no delay, in calls of at most `bulkSize`; resolves when all are accepted. */
  addMany(keys: string[]): Promise<void>;
  /** Adds one task; resolves with its id when it is accepted. */
  addOne(key: string): Promise<string>;
  /** Resolves when all that was added stands where workers take it from. */
  ready(count: number): Promise<void>;
  /** Starts to take tasks, at most `concurrency` at once. */
  work(concurrency: number, body: Body): Promise<{ stop(): Promise<void> }>;
  /** True when nothing waits and nothing runs: all outcomes are recorded. */
  idle(): Promise<boolean>;
  /** True when the outcome of the task is recorded. */
  recorded(id: string): Promise<boolean>;
  /** Removes all tasks, finished ones too. */
  reset(): Promise<void>;
  /** Bytes of its tables with their indexes; 0 where there are none. */
  tableBytes(): Promise<number>;
  close(): Promise<void>;
};

/** Tasks that one call of a bulk API is given. */
export const bulkSize = 1_000;

/** The keys in pieces for one call each. */
export function* inBulks(keys: string[]): Generator<string[]> {
  for (let from = 0; from < keys.length; from += bulkSize) yield keys.slice(from, from + bulkSize);
}
