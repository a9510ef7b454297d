-- Dismissed dead letters can be brought back, one or many.
alter table public.bulk_operations drop constraint bulk_operations_verb_check;
-- Operations are few, and the old ones fit: the check of them is at once.
alter table public.bulk_operations add constraint bulk_operations_verb_check check (
  verb in ('cancel', 'pause', 'resume', 'retry', 'redrive', 'archive', 'unarchive', 'dismiss', 'undismiss', 'purge')
);
