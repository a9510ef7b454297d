import postgres from 'postgres';
import type { TaskState } from '#lib/tasks/state';

/** One change of a task, as the database itself saw it. `before` is null at the insert. */
export type Transition = {
  seq: number;
  task: string;
  before: TaskState | null;
  after: TaskState;
  fence: number;
  gen: number;
  attempt: number;
  at: Date;
};

/** Notes each change of state, fence or gen of a task: what the invariants are checked against. Only fault tests install it. */
export async function installTransitions(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(`
      create schema faults;
      create table faults.transitions (
        seq bigint generated always as identity primary key, task uuid not null, before text, after text not null,
        fence integer not null, gen integer not null, attempt integer not null, at timestamptz not null default clock_timestamp());
      create function faults.note() returns trigger language plpgsql security definer set search_path = '' as $$
        begin
          insert into faults.transitions (task, before, after, fence, gen, attempt)
          values (new.id, case when tg_op = 'UPDATE' then old.state end, new.state, new.fence, new.gen, new.attempt);
          return null;
        end $$;
      create trigger note_insert after insert on public.tasks for each row execute function faults.note();
      create trigger note_update after update on public.tasks for each row
        when (old.state <> new.state or old.fence <> new.fence or old.gen <> new.gen) execute function faults.note();
      grant usage on schema faults to postgres;
      grant select on faults.transitions to postgres`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

export const readTransitions = (sql: postgres.Sql): Promise<Transition[]> =>
  sql<
    Transition[]
  >`select seq::float8 as seq, task, before, after, fence, gen, attempt, at from faults.transitions order by seq`;
