-- Counts and rates without counting tasks. Each statement that changes tasks notes by one row a definition, queue and state
-- what it did; maintenance folds the notes into sums. lib/stats reads both.

-- What statements have done since the last fold. Only appended, so no writer waits for another. No key: a note is found by
-- being there.
create table public.task_changes (
  definition text not null,
  queue text not null,
  state public.task_state not null,
  -- How many more tasks are in the state, or fewer. Archived ones count nowhere.
  n integer not null,
  -- How many of them are new, and since when.
  submitted integer not null default 0,
  submitted_at timestamptz,
  -- How many came to their end in this state, and when. Below 0: so many were sent again.
  ended integer not null default 0,
  ended_at timestamptz,
  -- Of those that ended: attempts beyond the first, how long each waited before its last attempt, how long that ran.
  retries integer,
  waits interval[],
  runs interval[]
)
-- A note lives for a second: what is dead is cleared away often.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_insert_threshold = -1,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 1000000);

-- How many tasks there were at the last fold; the notes since then come on top.
create table public.task_counts (
  definition text not null,
  queue text not null,
  state public.task_state not null,
  n bigint not null,
  primary key (definition, queue, state)
) with (fillfactor = 50);

-- What happened in each minute and hour: to all tasks, to those of a definition, to those of a queue.
create table public.task_rollups (
  unit text not null check (unit in ('minute', 'hour')),
  scope text not null check (scope in ('all', 'definition', 'queue')),
  -- The definition or queue; empty for all.
  name text not null,
  start timestamptz not null,
  -- Submitted, or the state in which tasks ended.
  event text not null check (event in ('submitted', 'completed', 'failed', 'cancelled', 'abandoned')),
  n bigint not null,
  retries bigint not null default 0,
  -- Of those that had started: sums, and histograms by duration_bucket().
  wait_ms float8 not null default 0,
  run_ms float8 not null default 0,
  waits bigint[] not null default '{}',
  runs bigint[] not null default '{}',
  primary key (unit, scope, name, start, event)
) with (fillfactor = 70);
create index task_rollups_age on public.task_rollups (unit, start);

-- Bucket 1 of a histogram is below a millisecond; then four make a doubling, so that a percentile is at most 9 % off. The last
-- begins at ten days. lib/stats/histogram.ts reads them.
create function public.duration_bucket(took interval) returns integer
  language sql immutable parallel safe
  as $$
    select case when took < interval '1 millisecond' then 1
      else least(121, floor(4 * ln(date_part('epoch', took) * 1000) / ln(2::float8)) + 2)::integer end
  $$;

-- How many of the times fall into each bucket, up to the last that has any.
create function public.histogram(times interval[]) returns bigint[]
  language sql immutable parallel safe
  as $$
    with filled as (
      select public.duration_bucket(took) as bucket, count(*) as n from unnest(times) as took where took is not null group by 1
    )
    select coalesce(array_agg(coalesce(filled.n, 0) order by bucket), '{}')
    from generate_series(1, (select max(bucket) from filled)) as bucket left join filled using (bucket)
  $$;

create function public.add_histograms(a bigint[], b bigint[]) returns bigint[]
  language sql immutable strict parallel safe
  as $$
    select coalesce(array_agg(coalesce(x, 0) + coalesce(y, 0) order by i), '{}') from unnest(a, b) with ordinality as pair (x, y, i)
  $$;

create aggregate public.sum_histograms(bigint[]) (sfunc = public.add_histograms, stype = bigint[], initcond = '{}');

-- SECURITY DEFINER: whoever may write tasks need not be allowed to write the notes.
create function public.note_inserted_tasks() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    insert into public.task_changes (definition, queue, state, n, submitted, submitted_at, ended, ended_at, retries, waits, runs)
    select definition, queue, state, count(*) - count(archived_at), count(*), date_bin('1 minute', created_at, 'epoch'),
      count(finished_at), date_bin('1 minute', finished_at, 'epoch'), sum(greatest(attempt - 1, 0)),
      array_agg(started_at - ready_at) filter (where finished_at is not null),
      array_agg(finished_at - started_at) filter (where finished_at is not null)
    from new_rows group by definition, queue, state, 6, 8;
    return null;
  end
  $$;

-- One pass over both tables without a join: what is the same before and after cancels out.
create function public.note_updated_tasks() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    insert into public.task_changes (definition, queue, state, n, ended, ended_at, retries, waits, runs)
    select definition, queue, state, sum(n), sum(ended), max(finished_at), sum(retries),
      array_agg(wait) filter (where wait is not null), array_agg(run) filter (where run is not null)
    from (
      select definition, queue, state,
        case when archived_at is null then 1 else 0 end as n, case when finished_at is null then 0 else 1 end as ended,
        finished_at, greatest(attempt - 1, 0) as retries,
        case when finished_at is not null then started_at - ready_at end as wait, finished_at - started_at as run
      from new_rows
      union all
      select definition, queue, state,
        case when archived_at is null then -1 else 0 end, case when finished_at is null then 0 else -1 end,
        null, 0, null, null
      from old_rows
    ) changed
    group by definition, queue, state
    having sum(n) <> 0 or sum(ended) <> 0;
    return null;
  end
  $$;

create function public.note_deleted_tasks() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    insert into public.task_changes (definition, queue, state, n)
    select definition, queue, state, -count(*) from old_rows where archived_at is null group by definition, queue, state;
    return null;
  end
  $$;

-- What was counted is taken back; what happened stays in the rollups.
create function public.note_truncated_tasks() returns trigger
  language plpgsql security definer set search_path = ''
  as $$
  begin
    insert into public.task_changes (definition, queue, state, n)
    select definition, queue, state, -sum(n)
    from (
      select definition, queue, state, n from public.task_counts
      union all select definition, queue, state, n from public.task_changes
    ) known
    group by definition, queue, state having sum(n) <> 0;
    return null;
  end
  $$;

-- These lock out writers until the commit, so that none slips between them and the backfill.
create trigger note_inserted_tasks after insert on public.tasks
  referencing new table as new_rows for each statement execute function public.note_inserted_tasks();
create trigger note_updated_tasks after update on public.tasks
  referencing old table as old_rows new table as new_rows for each statement execute function public.note_updated_tasks();
create trigger note_deleted_tasks after delete on public.tasks
  referencing old table as old_rows for each statement execute function public.note_deleted_tasks();
create trigger note_truncated_tasks after truncate on public.tasks
  for each statement execute function public.note_truncated_tasks();

-- What stands there already, noted as if it came now; of what is older than two days the hour is enough.
insert into public.task_changes (definition, queue, state, n, submitted, submitted_at, ended, ended_at, retries, waits, runs)
select definition, queue, state, count(*) - count(archived_at), count(*), date_bin(width, created_at, 'epoch'),
  count(finished_at), date_bin(width, finished_at, 'epoch'), sum(greatest(attempt - 1, 0)),
  array_agg(started_at - ready_at) filter (where finished_at is not null),
  array_agg(finished_at - started_at) filter (where finished_at is not null)
from public.tasks
cross join lateral (
  select case when created_at > now() - interval '48 hours' then interval '1 minute' else interval '1 hour' end as width
) precision
group by definition, queue, state, 6, 8;

alter table public.task_changes enable row level security;
alter table public.task_counts enable row level security;
alter table public.task_rollups enable row level security;

create policy "members read changes" on public.task_changes for select to authenticated using (public.is_member());
create policy "members read counts" on public.task_counts for select to authenticated using (public.is_member());
create policy "members read rollups" on public.task_rollups for select to authenticated using (public.is_member());

revoke all on public.task_changes, public.task_counts, public.task_rollups from anon, authenticated;
grant select on public.task_changes, public.task_counts, public.task_rollups to authenticated;
