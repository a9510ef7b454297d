import { db } from '#lib/db/index';

/** Of an advisory lock: one process at a time folds. */
const foldLock = 7_308_007;

/** Notes that one statement folds; were each of another definition and minute, that would take it a second. */
const batch = 2_000;

/**
 * FOLD: what statements have noted in `task_changes` becomes part of the sums. One statement, so a fold that is killed has
 * not happened, and whoever reads sums and notes in one statement sees each change once. The lock only saves work: were two
 * to fold at once, a note would still be deleted, and so counted, by one of them.
 *
 * @returns true when there may be more.
 */
export async function foldChanges(): Promise<boolean> {
  const [folded] = await db()<{ notes: number }[]>`
    with turn as materialized (
      select pg_try_advisory_xact_lock(${foldLock}) as mine
    ), taken as (
      delete from task_changes
      where ctid = any(array(select ctid from task_changes where (select mine from turn) limit ${batch}))
      returning *
    ), counted as (
      insert into task_counts as known (definition, queue, state, n)
      select definition, queue, state, sum(n) from taken group by definition, queue, state having sum(n) <> 0
      on conflict (definition, queue, state) do update set n = known.n + excluded.n
    ), happened as (
      select definition, queue, 'submitted' as event, date_bin('1 minute', submitted_at, 'epoch') as minute,
        sum(submitted) as n, 0 as retries
      from taken where submitted > 0 group by 1, 2, 3, 4
      union all
      select definition, queue, state::text, date_bin('1 minute', ended_at, 'epoch'), sum(ended), sum(retries)
      from taken where ended > 0 group by 1, 2, 3, 4
    ), took as (
      select definition, queue, state::text as event, date_bin('1 minute', ended_at, 'epoch') as minute,
        sum(date_part('epoch', wait)) * 1000 as wait_ms, sum(date_part('epoch', run)) * 1000 as run_ms,
        histogram(array_agg(wait)) as waits, histogram(array_agg(run)) as runs
      from taken cross join unnest(waits, runs) as time (wait, run) where ended > 0 group by 1, 2, 3, 4
    ), rolled as (
      insert into task_rollups as known (unit, scope, name, start, event, n, retries, wait_ms, run_ms, waits, runs)
      select unit, scope, name, date_bin(width, minute, 'epoch'), event, sum(n), sum(retries), coalesce(sum(wait_ms), 0),
        coalesce(sum(run_ms), 0), sum_histograms(waits), sum_histograms(runs)
      from happened left join took using (definition, queue, event, minute)
      cross join (values ('minute', interval '1 minute', interval '48 hours'), ('hour', '1 hour', '90 days')) as u (unit, width, kept)
      cross join lateral (values ('all', ''), ('definition', definition), ('queue', queue)) as s (scope, name)
      where minute > clock_timestamp() - kept
      group by 1, 2, 3, 4, 5
      on conflict (unit, scope, name, start, event) do update set n = known.n + excluded.n,
        retries = known.retries + excluded.retries, wait_ms = known.wait_ms + excluded.wait_ms,
        run_ms = known.run_ms + excluded.run_ms, waits = add_histograms(known.waits, excluded.waits),
        runs = add_histograms(known.runs, excluded.runs)
    )
    select count(*) as notes from taken`;
  return folded?.notes === batch;
}

/**
 * Forgets minutes after 48 hours and hours after 90 days.
 *
 * @returns true when there may be more.
 */
export async function forgetRollups(): Promise<boolean> {
  const { count } = await db()`
    delete from task_rollups where ctid = any(array(
      select ctid from task_rollups
      where (unit = 'minute' and start < clock_timestamp() - interval '48 hours')
        or (unit = 'hour' and start < clock_timestamp() - interval '90 days')
      limit ${batch}))`;
  return count === batch;
}
