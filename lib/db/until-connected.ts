import { setTimeout as delay } from 'node:timers/promises';

/**
 * SQLSTATE classes 08 (connection), 40 (rolled back), 53 (resources), 57 (the server stops, starts or was told to cancel), 25006 (read-only after a
 * failover), and the driver's and the system's own codes. A pool that we closed ourselves (CONNECTION_ENDED) is none.
 */
const passing =
  /^(08|40|53|57)[0-9A-Z]{3}$|^25006$|^CONNECTION_CLOSED$|^CONNECT_TIMEOUT$|^ECONN|^EPIPE$|^ETIMEDOUT$|^E(HOST|NET)UNREACH$|^ENOTFOUND$|^EAI_AGAIN$/;

const isPassing = (error: unknown): boolean =>
  error instanceof Error && passing.test(String((error as { code?: unknown }).code ?? ''));

const longestWaitMs = 1_000;

/**
 * Does work on Postgres, again and again while Postgres is away: for what must not be given up.
 *
 * @param work `again` is true from the second time on. A lost connection says nothing about the commit, so the time before
 *   may have come through: the work must find out.
 */
export async function untilConnected<T>(work: (again: boolean) => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await work(failures > 0);
    } catch (error) {
      if (!isPassing(error)) throw error;
      await delay(Math.min(100 * 2 ** failures, longestWaitMs));
    }
  }
}
