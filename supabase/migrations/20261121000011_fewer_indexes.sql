-- Every claim and completion wrote an entry into each of these. Lists and facets find tasks by documents and by the indexes of
-- the states in which few are; counts are kept by statement.
drop index public.tasks_by_state;
drop index public.tasks_by_definition;

-- The longest waiting task of a queue.
create index tasks_waiting on public.tasks (queue, ready_at) where state = 'pending';
create index tasks_paused on public.tasks (id) where state = 'paused';
