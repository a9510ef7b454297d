import { db } from '#lib/db/index';

/** The direct dispatch has this long before the relay takes over. */
export const directDispatchGrace = '1 second';

/**
 * The `dispatch_at` of a task that becomes pending: `at`, but with a concurrency key it waits until `admit` has found room.
 * Every statement that makes a task pending sets it so. For an update of `tasks` under its own name or as `t`.
 *
 * @param at when the relay may send it; without it at once.
 */
export const dispatchAt = (at = db()`clock_timestamp()`) =>
  db()`case when concurrency_key is null then ${at} else 'infinity' end`;

/** As `dispatchAt`, for a task that is dispatched directly after the commit. */
export const dispatchAtSoon = () => dispatchAt(db()`clock_timestamp() + ${directDispatchGrace}::interval`);
