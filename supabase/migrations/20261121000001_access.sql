-- Who may use Taskdeck. A person is an auth user with a row in members; a program has an API key.

create type public.member_role as enum ('viewer', 'operator', 'admin');

create table public.members (
  user_id uuid primary key references auth.users (id) on delete cascade,
  email text not null,
  role public.member_role not null,
  created_at timestamptz not null default now()
);

create table public.api_keys (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 100),
  -- The first characters, for telling keys apart in a list. The key itself is never stored.
  prefix text not null,
  -- SHA-256 of the key. A fast hash is right here: the key has 256 bits of entropy.
  hash bytea not null unique,
  role public.member_role not null,
  created_by uuid references public.members (user_id) on delete set null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);

-- Failed and successful sign-ins of the last minutes, for the rate limit. Kept in Postgres so that it
-- holds over all web processes.
create table public.sign_in_attempts (
  subject text not null,
  at timestamptz not null default clock_timestamp()
);
create index sign_in_attempts_subject on public.sign_in_attempts (subject, at desc);

-- SECURITY DEFINER: policies below must read members without opening it to everyone.
create function public.is_member() returns boolean
  language sql stable security definer set search_path = ''
  as $$ select exists (select from public.members where user_id = auth.uid()) $$;

revoke execute on function public.is_member() from public;
grant execute on function public.is_member() to authenticated;

alter table public.members enable row level security;
alter table public.api_keys enable row level security;
alter table public.sign_in_attempts enable row level security;

create policy "members see members" on public.members for select to authenticated using (public.is_member());

-- Nothing of these reaches a browser, whatever policy may be added later.
revoke all on public.api_keys, public.sign_in_attempts from anon, authenticated;
revoke all on public.members from anon;
revoke insert, update, delete, truncate on public.members from authenticated;
