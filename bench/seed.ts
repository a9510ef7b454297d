import { openDatabase } from '#lib/db/index';

/** Rows that one statement inserts: so that it stays below the statement timeout of any machine. */
const perStatement = 50_000;

/**
 * Fills the table of tasks with finished ones, a thousand a second up to now and the newest last: 96 of 100 completed, 3 failed, 1
 * cancelled, over ten definitions. Ids are UUIDv7 of the time of creation, as the application makes them. They have no search
 * documents, and none are asked for: a worker would else be writing those of a million tasks while it is measured.
 */
export async function seedFinished(databaseUrl: string, count: number): Promise<void> {
  const sql = openDatabase(databaseUrl, { max: 1, name: 'bench-seed' });
  try {
    // The seed is not under test: what is committed late is committed by the end.
    await sql`set synchronous_commit = off`;
    for (let left = count; left > 0; left -= perStatement) {
      await sql`
        insert into tasks (id, definition, queue, state, payload, result, error, max_attempts, attempt, fence, version, retry,
          timeout_ms, run_at, ready_at, dispatch_at, submitted_by, created_at, started_at, finished_at)
        select overlay(overlay(md5(random()::text) placing lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') from 1)
            placing '7' from 13)::uuid,
          'seeded' || n % 10, 'default', state::task_state, jsonb_build_object('message', 'task number ' || n),
          case when state = 'completed' then '"done"'::jsonb end,
          case when state <> 'completed' then '{"name":"Error","message":"the printer is on fire"}'::jsonb end,
          1, 1, 1, 3, '{"attempts":1,"backoff":{"type":"exponential","delay":1000,"max":60000,"jitter":true}}', 60000,
          at, at, at, 'key:seed', at, at, at + interval '1 second'
        from generate_series(${left}, ${Math.max(1, left - perStatement + 1)}, -1) n
        cross join lateral (select clock_timestamp() - n * interval '1 millisecond' as at,
          case when n % 100 < 96 then 'completed' when n % 100 < 99 then 'failed' else 'cancelled' end as state) t`;
    }
    await sql`truncate search_queue`;
    await sql`set statement_timeout = 0`;
    await sql`vacuum (analyze) tasks`;
  } finally {
    await sql.end();
  }
}
