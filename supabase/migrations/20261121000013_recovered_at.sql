-- When Redis was last found empty: a job that was sent before it no longer stands there, and may not be noted as sent.
alter table public.queue_epoch add column recovered_at timestamptz not null default '-infinity';
