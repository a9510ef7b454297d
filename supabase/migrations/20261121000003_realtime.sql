-- Members may listen to Taskdeck's own topics. Nobody sends from a browser: there is no insert policy.
create policy "members listen to taskdeck" on realtime.messages for select to authenticated
  using (
    realtime.messages.extension = 'broadcast'
    and (select realtime.topic()) ~ '^(tasks|queues|workers|task:[0-9a-f-]{36}|batch:[0-9a-f-]{36}|workflow:[0-9a-f-]{36}|bulk:[0-9a-f-]{36})$'
    and (select public.is_member())
  );
