-- The tasks and what they need. Postgres is the truth; BullMQ only dispatches what stands here as pending.

create type public.task_state as enum (
  'pending', 'scheduled', 'blocked', 'running', 'retrying', 'paused',
  'completed', 'failed', 'cancelled', 'abandoned'
);

-- Published by the workers at start, so that the web never imports a handler.
create table public.task_definitions (
  name text primary key,
  title text not null,
  description text not null default '',
  queue text not null,
  -- json, not jsonb, keeps the order of the fields, which is the order of the form.
  payload_schema json not null,
  example json not null default '{}',
  retry jsonb not null,
  timeout_ms integer not null,
  priority integer not null default 0,
  -- sync: strictly one at a time over all workers, in the order of priority.
  mode text not null default 'async' check (mode in ('async', 'sync')),
  -- Tasks of one concurrency key that may run at once, where a submit says no other limit.
  concurrency_limit integer check (concurrency_limit between 1 and 10000),
  -- A task that has not started by then is cancelled.
  ttl_ms bigint,
  -- A task whose workers died so often is abandoned.
  max_lost integer not null default 3,
  isolated boolean not null default false,
  -- Ended tasks are deleted after this long; null keeps them.
  retention_ms bigint,
  active boolean not null default true,
  published_at timestamptz not null default now()
);

create table public.queues (
  name text primary key check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
  -- Tasks at once in each worker process.
  concurrency integer not null default 20 check (concurrency between 1 and 1000),
  -- Jobs that may stand in BullMQ; the rest waits in Postgres.
  high_water integer not null default 5000 check (high_water between 1 and 100000),
  -- Tasks at once over all workers.
  global_concurrency integer check (global_concurrency between 1 and 100000),
  -- At most so many starts in so many milliseconds, over all workers.
  rate_limit_max integer check (rate_limit_max between 1 and 1000000),
  rate_limit_ms integer check (rate_limit_ms between 1 and 86400000),
  -- Above so many waiting tasks a submit is refused with 429.
  waiting_limit integer check (waiting_limit between 1 and 100000000),
  -- One task at a time over all workers, in the order of priority.
  serial boolean not null default false,
  paused boolean not null default false,
  -- Takes no new tasks; what it has is run.
  draining boolean not null default false,
  check ((rate_limit_max is null) = (rate_limit_ms is null)),
  created_at timestamptz not null default now()
);

create table public.tasks (
  -- UUIDv7 by the application: order of id is order of creation.
  id uuid primary key,
  definition text not null,
  queue text not null,
  state public.task_state not null,
  priority integer not null default 0 check (priority between -100 and 100),
  payload jsonb not null,
  result jsonb,
  error jsonb,
  progress jsonb,
  tags text[] not null default '{}',

  -- Raised each time the task is to be dispatched anew: a job of an older gen is refused by the claim.
  gen integer not null default 1,
  -- Raised by each claim: a write that carries an older fence changes nothing.
  fence integer not null default 0,
  -- Raised by each change: a page never goes back to an older version.
  version integer not null default 1,

  attempt integer not null default 0,
  max_attempts integer not null check (max_attempts between 1 and 1000),
  -- Attempts whose worker died.
  lost integer not null default 0,
  max_lost integer not null default 3,
  retry jsonb not null,
  timeout_ms integer not null,

  -- Not before this time.
  run_at timestamptz not null,
  -- Since when it could have started, deliberate waiting left out.
  ready_at timestamptz not null,
  -- The relay dispatches it from this time on; pushed ahead when the job is known to stand in BullMQ. Infinity: it waits
  -- until its concurrency key has room.
  dispatch_at timestamptz not null,
  -- Cancelled when it has not started by then.
  expires_at timestamptz,
  worker_id text,
  lease_until timestamptz,
  cancel_requested_at timestamptz,
  -- Where a resume leads back to.
  paused_from public.task_state,

  concurrency_key text,
  concurrency_limit integer,
  -- A newer task of the definition with the same key cancels this one.
  supersede_key text,
  -- Dependencies that have not ended yet; above 0 the task is blocked.
  unresolved integer not null default 0,
  -- What becomes of it when one of them ends without success.
  on_dependency_failure text not null default 'cancel' check (on_dependency_failure in ('cancel', 'run')),
  -- Others depend on it: so a finish knows without asking.
  has_dependents boolean not null default false,

  -- The task that emitted it.
  parent_id uuid,
  correlation_id text,
  metadata jsonb,
  -- Errors of one cause share it.
  error_fingerprint text,
  dismissed_at timestamptz,
  dismiss_reason text,
  -- Left out of lists unless asked for.
  archived_at timestamptz,

  idempotency_key text,
  request_hash bytea,
  -- user:<uuid>, key:<uuid>, task:<uuid> or system
  submitted_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz
) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);

create unique index tasks_idempotency on public.tasks (submitted_by, idempotency_key) where idempotency_key is not null;
-- The relay's order. At most high_water rows a queue are pushed ahead, so the walk is short; those that wait for room in
-- their concurrency key, a million perhaps, stand aside.
create index tasks_dispatch on public.tasks (queue, priority desc, dispatch_at) where state = 'pending' and dispatch_at < 'infinity';
create index tasks_due on public.tasks (run_at) where state in ('scheduled', 'retrying');
create index tasks_lease on public.tasks (lease_until) where state = 'running';
create index tasks_failures on public.tasks (finished_at desc) where state in ('failed', 'abandoned');
create index tasks_by_state on public.tasks (state, id desc);
create index tasks_by_definition on public.tasks (definition, id desc);

-- Tasks that wait for room in their concurrency key, in the order in which they get it, and those that have it.
create index tasks_room_wanted on public.tasks (concurrency_key, priority desc, ready_at, id)
  where state = 'pending' and dispatch_at = 'infinity';
create index tasks_room_taken on public.tasks (concurrency_key)
  where concurrency_key is not null and state in ('pending', 'running') and dispatch_at < 'infinity';
create index tasks_supersede on public.tasks (definition, supersede_key)
  where supersede_key is not null and state in ('pending', 'scheduled', 'blocked', 'retrying', 'paused', 'running');
create index tasks_expiry on public.tasks (expires_at)
  where expires_at is not null and attempt = 0 and state in ('pending', 'scheduled', 'blocked', 'paused');
create index tasks_parent on public.tasks (parent_id) where parent_id is not null;
create index tasks_correlation on public.tasks (correlation_id, id desc) where correlation_id is not null;
-- Only tasks that have tags pay for it.
create index tasks_tags on public.tasks using gin (tags) where tags <> '{}';
create index tasks_blocked on public.tasks (id) where state = 'blocked';
create index tasks_fingerprint on public.tasks (error_fingerprint, id desc) where state in ('failed', 'abandoned');

-- Attempts that ended without success, and those whose success was sent again; the last one stands in the task's own row.
create table public.task_attempts (
  task_id uuid not null references public.tasks (id) on delete cascade,
  fence integer not null,
  attempt integer not null,
  outcome text not null check (outcome in ('success', 'failure', 'timeout', 'cancelled', 'lost')),
  worker_id text,
  ready_at timestamptz not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  error jsonb,
  primary key (task_id, fence)
);

create table public.task_logs (
  task_id uuid not null references public.tasks (id) on delete cascade,
  -- Rises within the task over all attempts: fence * 1,000,000 + the line's number in its attempt.
  seq bigint not null,
  attempt integer not null,
  at timestamptz not null,
  level text not null check (level in ('debug', 'info', 'warn', 'error')),
  message text not null,
  fields jsonb,
  primary key (task_id, seq)
);

create table public.workers (
  id text primary key,
  host text not null,
  pid integer not null,
  version text not null,
  queues text[] not null,
  slots integer not null,
  -- Of each queue: {"default": 20}.
  queue_slots jsonb not null default '{}',
  state text not null check (state in ('running', 'paused', 'draining', 'stopped')),
  -- The pool that keeps the process alive; null for a worker that stands alone.
  pool_id text,
  memory_bytes bigint,
  event_loop_lag_ms real,
  -- Slots held by bodies that go on although their attempt has ended.
  leaked integer not null default 0,
  -- When it last took a task, or a probe in its stead: a worker that only beats may be deaf.
  consumed_at timestamptz,
  -- False: it beats, its queue engine answers, and still it takes nothing.
  healthy boolean not null default true,
  started_at timestamptz not null default now(),
  beat_at timestamptz not null default clock_timestamp()
);

create table public.files (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 255),
  media_type text not null,
  size integer not null check (size between 0 and 10485760),
  sha256 bytea not null,
  content bytea not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
-- Compressing a WAV gains little and costs much.
alter table public.files alter column content set storage external;
create index files_expiry on public.files (expires_at);

-- Where sendMessage delivers by default.
create table public.inbox_messages (
  id uuid primary key,
  -- One message a task, however often its body runs.
  task_id uuid not null unique references public.tasks (id) on delete cascade,
  message text not null,
  created_at timestamptz not null default now()
);

-- The table of lib/tasks/state.ts; state.integration.test.ts reads both.
create function public.task_transition_allowed(from_state public.task_state, to_state public.task_state) returns boolean
  language sql immutable parallel safe
  as $$
    select case from_state
      when 'pending' then to_state in ('running', 'scheduled', 'paused', 'cancelled', 'failed')
      when 'scheduled' then to_state in ('pending', 'paused', 'cancelled')
      when 'blocked' then to_state in ('pending', 'scheduled', 'paused', 'cancelled', 'failed')
      when 'running' then to_state in ('completed', 'failed', 'cancelled', 'retrying', 'pending', 'abandoned')
      when 'retrying' then to_state in ('pending', 'paused', 'cancelled', 'failed', 'abandoned')
      when 'paused' then to_state in ('pending', 'scheduled', 'blocked', 'retrying', 'cancelled')
      else to_state = 'pending'
    end
  $$;

-- The last line of defence: whatever a statement forgot, these hold.
create function public.guard_task_update() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    if new.state <> old.state and not public.task_transition_allowed(old.state, new.state) then
      raise exception 'a task may not go from % to %', old.state, new.state
        using errcode = 'check_violation', constraint = 'task_transition', detail = new.id::text;
    end if;
    if old.state in ('completed', 'failed', 'cancelled', 'abandoned') and new.state <> old.state and new.gen <= old.gen then
      raise exception 'a % task is sent again only with a new gen', old.state
        using errcode = 'check_violation', constraint = 'task_redrive', detail = new.id::text;
    end if;
    if new.fence < old.fence or new.gen < old.gen then
      raise exception 'fence and gen of a task never go down'
        using errcode = 'check_violation', constraint = 'task_fence', detail = new.id::text;
    end if;
    if new.state = 'running' and old.state <> 'running' and new.fence <> old.fence + 1 then
      raise exception 'a task runs only with a new fence'
        using errcode = 'check_violation', constraint = 'task_fence', detail = new.id::text;
    end if;
    new.version := old.version + 1;
    return new;
  end
  $$;

-- A claim and a completion that do all of this right, and raise the version themselves, are told by the condition alone: they are
-- nearly all updates, and a call costs more than the rest of the row.
create trigger guard_task_update before update on public.tasks
  for each row when (not (
    new.version = old.version + 1 and new.gen = old.gen and (
      (old.state = 'pending' and new.state = 'running' and new.fence = old.fence + 1)
      or (old.state = 'running' and new.state = 'completed' and new.fence = old.fence))))
  execute function public.guard_task_update();

alter table public.task_definitions enable row level security;
alter table public.queues enable row level security;
alter table public.tasks enable row level security;
alter table public.task_attempts enable row level security;
alter table public.task_logs enable row level security;
alter table public.workers enable row level security;
alter table public.files enable row level security;
alter table public.inbox_messages enable row level security;

-- Members read through the REST API what the pages show them. All writes go through the server.
create policy "members read definitions" on public.task_definitions for select to authenticated using (public.is_member());
create policy "members read queues" on public.queues for select to authenticated using (public.is_member());
create policy "members read tasks" on public.tasks for select to authenticated using (public.is_member());
create policy "members read attempts" on public.task_attempts for select to authenticated using (public.is_member());
create policy "members read logs" on public.task_logs for select to authenticated using (public.is_member());
create policy "members read workers" on public.workers for select to authenticated using (public.is_member());
create policy "members read the inbox" on public.inbox_messages for select to authenticated using (public.is_member());

revoke all on public.task_definitions, public.queues, public.tasks, public.task_attempts, public.task_logs,
  public.workers, public.files, public.inbox_messages from anon;
revoke insert, update, delete, truncate on public.task_definitions, public.queues, public.tasks, public.task_attempts,
  public.task_logs, public.workers, public.inbox_messages from authenticated;
revoke all on public.files from authenticated;

insert into public.queues (name) values ('default');
