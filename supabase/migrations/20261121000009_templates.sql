-- What a team submits again and again: a payload and options under a name, kept for one definition.
create table public.task_templates (
  id uuid primary key,
  definition text not null,
  name text not null check (char_length(name) between 1 and 80),
  payload jsonb not null,
  -- As a submit takes them, beside definition and payload.
  options jsonb not null default '{}',
  -- user:<uuid> or key:<uuid>
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (definition, name)
);

alter table public.task_templates enable row level security;
create policy "members read templates" on public.task_templates for select to authenticated using (public.is_member());
revoke all on public.task_templates from anon, authenticated;
grant select on public.task_templates to authenticated;
