-- What people and programs do to tasks, queues and workers, and what tasks have to do with one another.

-- Who did what. Written in the transaction that does it.
create table public.audit_log (
  id uuid primary key,
  at timestamptz not null default clock_timestamp(),
  -- user:<uuid>, key:<uuid>, task:<uuid> or system
  actor text not null,
  -- task.cancel, queue.update, worker.drain, …
  action text not null,
  -- task:<uuid>, queue:<name>, …; what a page of the subject asks for.
  subject text not null,
  details jsonb
);
create index audit_log_subject on public.audit_log (subject, id desc);
create index audit_log_actor on public.audit_log (actor, id desc);

-- A payload that a redrive has replaced.
create table public.task_payload_revisions (
  task_id uuid not null references public.tasks (id) on delete cascade,
  revision integer not null,
  payload jsonb not null,
  replaced_by text not null,
  replaced_at timestamptz not null default clock_timestamp(),
  primary key (task_id, revision)
);

create table public.task_dependencies (
  task_id uuid not null references public.tasks (id) on delete cascade,
  depends_on uuid not null references public.tasks (id) on delete cascade,
  primary key (task_id, depends_on)
);
create index task_dependencies_of on public.task_dependencies (depends_on, task_id);

-- Which task holds a unique or debounce key of a definition.
create table public.task_keys (
  kind text not null check (kind in ('unique', 'debounce')),
  definition text not null,
  key text not null,
  task_id uuid not null references public.tasks (id) on delete cascade,
  -- When this holder took the key: a debounce's longest wait counts from here.
  since timestamptz not null default clock_timestamp(),
  -- Null: for as long as the task has not ended.
  until timestamptz,
  primary key (kind, definition, key)
);
create index task_keys_task on public.task_keys (task_id);

-- One verb over many tasks, done in the background at a rate.
create table public.bulk_operations (
  id uuid primary key,
  verb text not null check (verb in ('cancel', 'pause', 'resume', 'retry', 'redrive', 'archive', 'unarchive', 'dismiss', 'purge')),
  -- Either the ids or the filter that names the tasks.
  ids uuid[],
  filter jsonb,
  args jsonb not null default '{}',
  per_second integer not null check (per_second between 1 and 10000),
  state text not null default 'running' check (state in ('running', 'completed', 'cancelled')),
  -- The last id that was seen: ids are walked in their order, and those made after the start are left alone.
  cursor uuid,
  last_id uuid not null,
  -- How many tasks were named at the start, counted to 10,000 only.
  total integer not null,
  total_capped boolean not null default false,
  done integer not null default 0,
  -- Those whose state did not allow it.
  skipped integer not null default 0,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  next_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  check ((ids is null) <> (filter is null))
);
create index bulk_operations_running on public.bulk_operations (next_at) where state = 'running';

-- What a worker or a pool is told to do; NOTIFY tells at once, a poll finds what was missed.
create table public.worker_commands (
  id uuid primary key,
  -- A worker's or a pool's id.
  target text not null,
  command text not null check (command in ('pause', 'resume', 'drain', 'restart', 'slots', 'scale')),
  args jsonb not null default '{}',
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  taken_at timestamptz
);
create index worker_commands_waiting on public.worker_commands (target, id) where taken_at is null;

-- The worker processes of one host.
create table public.worker_pools (
  id text primary key,
  host text not null,
  pid integer not null,
  -- Processes wanted; idle ones above the minimum stop by themselves.
  size integer not null check (size between 0 and 64),
  min_size integer not null check (min_size between 0 and 64),
  max_size integer not null check (max_size between 1 and 64),
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default clock_timestamp()
);

-- Submits a minute; null: no limit.
alter table public.api_keys add column rate_limit integer check (rate_limit between 1 and 1000000);

alter table public.audit_log enable row level security;
alter table public.task_payload_revisions enable row level security;
alter table public.task_dependencies enable row level security;
alter table public.task_keys enable row level security;
alter table public.bulk_operations enable row level security;
alter table public.worker_commands enable row level security;
alter table public.worker_pools enable row level security;

create policy "members read the audit log" on public.audit_log for select to authenticated using (public.is_member());
create policy "members read revisions" on public.task_payload_revisions for select to authenticated using (public.is_member());
create policy "members read dependencies" on public.task_dependencies for select to authenticated using (public.is_member());
create policy "members read bulk operations" on public.bulk_operations for select to authenticated using (public.is_member());
create policy "members read pools" on public.worker_pools for select to authenticated using (public.is_member());

revoke all on public.audit_log, public.task_payload_revisions, public.task_dependencies, public.task_keys,
  public.bulk_operations, public.worker_commands, public.worker_pools from anon, authenticated;
grant select on public.audit_log, public.task_payload_revisions, public.task_dependencies, public.bulk_operations,
  public.worker_pools to authenticated;
