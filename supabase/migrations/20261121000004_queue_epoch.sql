-- One row: the mark that BullMQ's backend carries too. A backend without it has been wiped, or is another one.
create table public.queue_epoch (
  id uuid primary key default gen_random_uuid(),
  singleton boolean not null unique default true check (singleton)
);
insert into public.queue_epoch default values;

alter table public.queue_epoch enable row level security;
revoke all on public.queue_epoch from anon, authenticated;
