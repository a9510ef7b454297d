-- Run by `supabase db reset` after the migrations. Definitions are published by the worker, people by
-- `npm run migrate`, so a fresh database needs nothing else.
select 1;
