import { metrics } from '#lib/observability/index';

type Pending<In, Out> = { item: In; resolve: (out: Out) => void; reject: (error: unknown) => void };

type Options<In, Out> = {
  /** Names the statement in metrics. */
  op: string;
  /** Writes all items by one statement and returns one result an item, in the same order. */
  write: (items: In[]) => Promise<Out[]>;
  /** Items a statement takes at most. */
  maxItems?: number;
  /** Items that may wait; one more is refused. Without it as many as come. */
  maxWaiting?: number;
};

/** Queues items and writes them together. */
export type GroupCommit<In, Out> = {
  /** Resolves with the item's own result once its statement has committed. */
  add(item: In): Promise<Out>;
  /** Resolves when nothing waits and nothing is in flight. */
  drain(): Promise<void>;
};

/**
 * One SQL statement at a time: while it is in flight the next ones collect. There is no timer, so a lone
 * item waits for nothing, and under load a round trip is shared by everything that came during the last.
 */
export function createGroupCommit<In, Out>({
  op,
  write,
  maxItems = 500,
  maxWaiting = Infinity,
}: Options<In, Out>): GroupCommit<In, Out> {
  let waiting: Pending<In, Out>[] = [];
  let running: Promise<void> | undefined;

  async function writeBatch(batch: Pending<In, Out>[], tries = 3): Promise<void> {
    try {
      await writeTogether(batch);
    } catch (error) {
      // The victim of a deadlock has changed nothing, and whoever was in its way has gone on.
      if (tries > 1 && isRolledBack(error)) await writeBatch(batch, tries - 1);
      // One item that Postgres refuses must not fail the others: the statement changed nothing, so each goes alone.
      else if (batch.length > 1 && isDataError(error)) for (const item of batch) await writeBatch([item]);
      else for (const { reject } of batch) reject(error);
    }
  }

  async function writeTogether(batch: Pending<In, Out>[]): Promise<void> {
    const end = metrics.dbWriteDurationSeconds.startTimer({ op });
    metrics.dbWriteBatchRows.observe({ op }, batch.length);
    try {
      const results = await write(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new Error(`${op} answered ${results.length} of ${batch.length} rows`);
      batch.forEach(({ resolve }, index) => resolve(results[index] as Out));
      metrics.dbWriteRowsTotal.inc({ op, result: 'ok' }, batch.length);
    } catch (error) {
      metrics.dbWriteRowsTotal.inc({ op, result: 'error' }, batch.length);
      metrics.dbErrorsTotal.inc({ sqlstate_class: sqlstate(error).slice(0, 2) || 'none' });
      throw error;
    } finally {
      end();
    }
  }

  async function run(): Promise<void> {
    // Everything that becomes ready in this turn of the event loop shares the first statement.
    await new Promise((next) => setImmediate(next));
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      await writeBatch(batch);
    }
    running = undefined;
  }

  return {
    add: (item) =>
      new Promise<Out>((resolve, reject) => {
        if (waiting.length >= maxWaiting) throw new Error(`${op}: ${maxWaiting} wait already`);
        waiting.push({ item, resolve, reject });
        running ??= run();
      }),
    drain: async () => {
      while (running) await running;
    },
  };
}

const sqlstate = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[0-9A-Z]{5}$/.test(code) ? code : '';
};

/** SQLSTATE class 40: deadlock, serialization. */
const isRolledBack = (error: unknown): boolean => sqlstate(error).startsWith('40');

/** SQLSTATE classes 22 (data), 23 (constraints) and 54 (limits): the fault of a row, not of the connection. */
const isDataError = (error: unknown): boolean => /^(22|23|54)/.test(sqlstate(error));
