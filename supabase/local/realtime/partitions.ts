import type postgres from 'postgres';

import type { Log } from './services.ts';

const EVERY_MS = 10 * 60 * 1000;
/** After a failure, for instance while Postgres is away or the table is locked. */
const RETRY_MS = 30 * 1000;

/** Makes and drops the day partitions of realtime.messages, now and from time to time. */
export function keepPartitions(sql: postgres.Sql, log: Log): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function run(): Promise<void> {
    let nextMs = EVERY_MS;
    try {
      await sql`select realtime.maintain_partitions()`;
    } catch (error) {
      nextMs = RETRY_MS;
      if (!stopped) log('warn', 'the partitions of realtime.messages were not maintained', { error: String(error) });
    }
    if (stopped) return;
    timer = setTimeout(() => void run(), nextMs);
    timer.unref();
  }

  void run();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
