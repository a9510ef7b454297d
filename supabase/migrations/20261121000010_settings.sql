-- What an admin sets by the pages, and what the audit log is asked for.

-- An admin has set retention_ms: a release that publishes the definition again leaves it as it is.
alter table public.task_definitions add column retention_chosen boolean not null default false;

-- Entries of one action, and the actions that there are.
create index audit_log_action on public.audit_log (action, id desc);
