import postgres from 'postgres';
import { config } from '#lib/config';

export type Sql = postgres.Sql<{ bigint: number }>;
/** The process's pool or a transaction: what a statement needs that may stand in either. */
export type Queryable = postgres.ISql<{ bigint: number }>;

type Options = { max?: number; name?: string };

/** Next bundles this module more than once a process, so the connection stands on globalThis. */
const holder = globalThis as { [key: symbol]: Sql | undefined };
const key = Symbol.for('taskdeck.db');

/**
 * Opens a pool. Counts and sequences are far below 2^53, so bigint is read as a number.
 *
 * @param url postgres://…; a direct or session-mode connection, as LISTEN needs.
 */
export function openDatabase(url: string, options: Options = {}): Sql {
  return postgres(url, {
    max: options.max ?? 10,
    // A connection of a quiet pool need not stay.
    idle_timeout: 60,
    connect_timeout: 10,
    // Seconds. The driver's default grows to 20, and so would the pause after an outage: longer than a lease.
    backoff: (failures) => Math.min(0.1 * failures, 1),
    onnotice: () => undefined,
    types: { bigint: { to: 20, from: [20], serialize: String, parse: Number } },
    connection: {
      application_name: options.name ?? 'taskdeck',
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  });
}

/** The process's database, opened at first use. */
export function db(): Sql {
  return (holder[key] ??= openDatabase(config().DATABASE_URL, { max: config().DATABASE_POOL }));
}

/** Makes `sql` the process's database: for tests and scripts that open their own. */
export function useDatabase(sql: Sql): void {
  holder[key] = sql;
}

/** Closes the process's database; waits at most `seconds` for running statements. */
export async function closeDatabase(seconds = 5): Promise<void> {
  const sql = holder[key];
  holder[key] = undefined;
  await sql?.end({ timeout: seconds });
}
