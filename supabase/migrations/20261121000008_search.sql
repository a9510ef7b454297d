-- What finds tasks by their content: a document for each, written a moment after the task has changed, and saved views.

-- The words and marks of a task. Many words stand out of line: a search reads the index, and seldom the words.
create table public.search_documents (
  task_id uuid primary key,
  -- Of the task when it was read: an older reading never replaces a newer one.
  version integer not null,
  words tsvector not null,
  finished_at timestamptz,
  -- Of the last run.
  run_ms integer
) with (toast_tuple_target = 128, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
alter table public.search_documents alter column words set storage external;
-- Whoever writes documents empties the pending list before it commits: a search reads all of that.
create index search_documents_words on public.search_documents using gin (words);
create index search_documents_finished on public.search_documents (finished_at, task_id) where finished_at is not null;
create index search_documents_run on public.search_documents (run_ms, task_id) where run_ms is not null;

-- Documents stand in shelves of neighbouring ids, and each carries its shelf's mark among its words: so one statement looks at
-- a bounded number of them, from the newest on, however common a word is.
create table public.search_shelves (
  shelf integer primary key generated always as identity,
  -- The lowest id that stands there.
  first_id uuid not null unique,
  documents integer not null default 0
);
insert into public.search_shelves (first_id) values ('00000000-0000-0000-0000-000000000000');

-- Tasks whose documents are to be written, in the order in which they changed: a row a statement.
create table public.search_queue (
  seq bigint primary key generated always as identity,
  ids uuid[] not null,
  n integer not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- One row: how far the documents are.
create table public.search_indexer (
  singleton boolean primary key default true check (singleton),
  -- Tasks that were there before their changes were noted: those below this id are still to be read. Null: none.
  below uuid,
  -- Nobody writes documents before: so that all workers together take only a share of the time for it.
  rest_until timestamptz not null default '-infinity'
);
insert into public.search_indexer (below)
  values (case when exists (select from public.tasks) then 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid end);

create function public.queue_new_for_search() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    insert into public.search_queue (ids, n)
      select ids, cardinality(ids) from (select array_agg(id) as ids from changed) c where ids is not null;
    return null;
  end
  $$;

-- A claim and a dispatch change nothing that a search looks for, and nearly all statements are those: they are let go first.
create function public.queue_changed_for_search() returns trigger
  language plpgsql set search_path = ''
  as $$
  begin
    if exists (select from changed where state not in ('pending', 'running'))
      or exists (select from before where state in ('completed', 'failed', 'cancelled', 'abandoned'))
    then
      insert into public.search_queue (ids, n)
        select ids, cardinality(ids) from (
          select array_agg(id) as ids from (
            select id from changed where state not in ('pending', 'running')
            union all
            -- What came anew: its payload may be another one.
            select id from before where state in ('completed', 'failed', 'cancelled', 'abandoned')
          ) c
        ) a;
    end if;
    return null;
  end
  $$;

create trigger queue_new_for_search after insert on public.tasks
  referencing new table as changed for each statement execute function public.queue_new_for_search();
create trigger queue_changed_for_search after update on public.tasks
  referencing old table as before new table as changed for each statement execute function public.queue_changed_for_search();
create trigger queue_deleted_for_search after delete on public.tasks
  referencing old table as changed for each statement execute function public.queue_new_for_search();

-- What a person looks at again and again: the query string of a list.
create table public.saved_views (
  id uuid primary key,
  owner text not null,
  name text not null check (char_length(name) between 1 and 80),
  query text not null check (char_length(query) <= 4000),
  shared boolean not null default false,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (owner, name)
);
create index saved_views_shared on public.saved_views (name) where shared;

alter table public.search_documents enable row level security;
alter table public.search_shelves enable row level security;
alter table public.search_queue enable row level security;
alter table public.search_indexer enable row level security;
alter table public.saved_views enable row level security;

-- The server alone reads and writes them.
revoke all on public.search_documents, public.search_shelves, public.search_queue, public.search_indexer, public.saved_views
  from anon, authenticated;
