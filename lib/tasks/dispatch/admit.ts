import { createGroupCommit, db } from '#lib/db/index';
import { log } from '#lib/observability/index';
import { type Dispatchable, dispatchSoon } from './dispatch.ts';
import { directDispatchGrace } from './dispatch-at.ts';
import { lockNames } from '../lock-names.ts';

/** Keys that one round looks at, and tasks that it lets go of each. */
const keysPerRound = 200;
const tasksPerKey = 500;

/**
 * ADMIT: lets the best waiting tasks of these concurrency keys go, as many as there is room for: the limit less those
 * that run or are on their way. One process at a time decides about a key, and counts only once it is its turn.
 *
 * @returns how many were let go.
 */
async function admit(keys: string[]): Promise<number> {
  const admitted = await db().begin(async (tx) => {
    await lockNames(tx, 'admit', keys);
    return tx<Dispatchable[]>`
      with room as (
        select best.id from unnest(${keys}::text[]) as k (key)
        cross join lateral (
          select count(*) as count from tasks t
          where t.concurrency_key = k.key and t.state in ('pending', 'running') and t.dispatch_at < 'infinity'
        ) taken
        -- Only as many are read as the first one's limit leaves; one that follows may have a lower limit.
        cross join lateral (
          select t.concurrency_limit - taken.count as left from tasks t
          where t.concurrency_key = k.key and t.state = 'pending' and t.dispatch_at = 'infinity'
          order by t.priority desc, t.ready_at, t.id limit 1
        ) first
        cross join lateral (
          select w.*, row_number() over (order by priority desc, ready_at, id) as place
          from (
            select t.id, t.concurrency_limit, t.priority, t.ready_at from tasks t
            where t.concurrency_key = k.key and t.state = 'pending' and t.dispatch_at = 'infinity'
            order by t.priority desc, t.ready_at, t.id limit greatest(0, least(first.left, ${tasksPerKey}))
          ) w
        ) best
        where taken.count + best.place <= best.concurrency_limit
      ), chosen as (
        select t.id from tasks t where t.id in (select id from room) and t.state::text = 'pending' and t.dispatch_at = 'infinity'
        order by t.id for no key update skip locked
      )
      update tasks t set dispatch_at = clock_timestamp() + ${directDispatchGrace}::interval
      from chosen c where t.id = c.id
      returning t.id as "taskId", t.gen, t.queue, t.definition as name, t.priority`;
  });
  for (const task of admitted) dispatchSoon(task);
  return admitted.length;
}

const admissions = createGroupCommit<string, void>({
  op: 'admit',
  maxItems: keysPerRound,
  maxWaiting: 10_000,
  write: async (keys) => {
    await admit([...new Set(keys)]);
    return keys.map(() => undefined);
  },
});

/** Looks for room in a concurrency key. Returns at once and never fails: maintenance finds what it missed. */
export function admitSoon(key: string): void {
  admissions.add(key).catch((error: unknown) => log.debug('Tasks of a key wait for maintenance', { key, error }));
}

/** Resolves when no admission is under way. */
export const admissionsSettled = (): Promise<void> => admissions.drain();

/**
 * Makes a round of admission over the keys for which tasks wait, some hundred a round and then those that follow, so that no
 * number of keys keeps the others waiting. Most are let go by `admitSoon`; the rounds find what that missed.
 */
export function createAdmission(): () => Promise<boolean> {
  let after = '';
  return async () => {
    const keys = await waitingKeys(after);
    const last = keys.length < keysPerRound ? undefined : keys.at(-1);
    after = last ?? '';
    const admitted = keys.length > 0 ? await admit(keys) : 0;
    return admitted > 0 && last !== undefined;
  };
}

/** Goes from key to key by the index, however many tasks wait for each. */
async function waitingKeys(after: string): Promise<string[]> {
  const next = (than: ReturnType<ReturnType<typeof db>>) => db()`
    select min(concurrency_key) from tasks where state = 'pending' and dispatch_at = 'infinity' and concurrency_key > ${than}`;
  const rows = await db()<{ key: string }[]>`
    with recursive keys (key, n) as (
      select (${next(db()`${after}`)}), 1
      union all
      select (${next(db()`keys.key`)}), n + 1 from keys where key is not null and n < ${keysPerRound}
    )
    select key from keys where key is not null`;
  return rows.map(({ key }) => key);
}
