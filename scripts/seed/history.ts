import { openDatabase } from '#lib/db/index';

/** Rows that one statement inserts: so that it stays below the statement timeout of any machine. */
const perStatement = 25_000;

/** What the made-up tasks are about. */
const words =
  'invoice parcel refund welcome reminder report export import photo archive order shipment customer account password login newsletter discount basket payment printer backup sensor meeting contract'.split(
    ' ',
  );
const names = 'Ada Grace Alan Edsger Barbara Donald Margaret Linus Radia Ken Frances Dennis'.split(' ');
const failures = [
  'connect ETIMEDOUT 10.0.3.7:443',
  'The server answered 503 Service Unavailable',
  'Row 17 has 4 columns and should have 5',
  'The mailbox is full',
  'Unexpected token < in JSON at position 0',
];

/**
 * Adds tasks that have ended, spread evenly over the last days with the newest last: six definitions in four queues, payloads of
 * some size with a few rare words, durations from milliseconds to minutes, retries, tags, metadata and failures of five causes.
 * Beside its own numbers each has a word that only one in 50,000 has. Ids are UUIDv7 of the time of creation, as the
 * application makes them.
 *
 * @param say is told how many there are so far.
 */
export async function seedHistory(
  databaseUrl: string,
  count: number,
  { days = 30, say = () => undefined }: { days?: number; say?: (done: number) => void } = {},
): Promise<void> {
  const sql = openDatabase(databaseUrl, { max: 1, name: 'taskdeck-seed' });
  const stepMs = (days * 86_400_000) / count;
  try {
    // What a crash takes of a seed is no loss.
    await sql`set synchronous_commit = off`;
    for (let left = count; left > 0; left -= perStatement) {
      await sql`
        insert into tasks (id, definition, queue, state, payload, result, error, error_fingerprint, tags, metadata, correlation_id,
          max_attempts, attempt, fence, version, retry, timeout_ms, worker_id, run_at, ready_at, dispatch_at, submitted_by,
          created_at, started_at, finished_at)
        select overlay(overlay(md5(random()::text) placing lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') from 1)
            placing '7' from 13)::uuid,
          (array['sendMessage', 'httpRequest', 'importCsv', 'processVoice', 'flakyReport', 'syncContacts'])[1 + n % 6],
          (array['default', 'default', 'mail', 'slow', 'imports'])[1 + n % 5],
          state::task_state,
          jsonb_build_object('message', word[1 + n % 25] || ' ' || word[1 + n / 7 % 25] || ' number ' || n,
            'user', jsonb_build_object('id', n % 100000, 'name', name[1 + n % 12], 'email', lower(name[1 + n % 12]) || n % 1000 || '@example.com'),
            'order', jsonb_build_object('total', n % 997, 'items', jsonb_build_array(jsonb_build_object('sku', 'sku-' || n % 5000), jsonb_build_object('sku', 'sku-' || n / 3 % 5000))))
            || case when n % 50000 = 0 then '{"note":"unicorn"}' else '{}' end::jsonb,
          case when state = 'completed' then jsonb_build_object('sent', true, 'reference', 'ref-' || n) end,
          case when state in ('failed', 'abandoned') then jsonb_build_object('name', 'Error', 'message', failure[1 + n % 5]) end,
          case when state in ('failed', 'abandoned') then left(md5(failure[1 + n % 5]), 16) end,
          case when n % 7 = 0 then array['vip'] when n % 1000 = 1 then array['batch', 'night'] else '{}' end,
          case when n % 4 = 0 then jsonb_build_object('tenant', 'tenant-' || n % 200) end,
          case when n % 10 = 0 then 'request-' || n / 100 end,
          3, case when n % 20 = 0 then 2 when n % 500 = 3 then 3 else 1 end, 1, 3,
          '{"attempts":3,"backoff":{"type":"exponential","delay":1000,"max":60000,"jitter":true}}', 60000,
          'host-' || n % 3 || '-' || n / 200000, at, at, at, 'key:seed', at, at + interval '50 milliseconds',
          at + interval '50 milliseconds' + (exp(random() * 11) || ' milliseconds')::interval
        from generate_series(${left}, ${Math.max(1, left - perStatement + 1)}, -1) n
        cross join (select ${words}::text[] as word, ${names}::text[] as name, ${failures}::text[] as failure) made_up
        cross join lateral (select clock_timestamp() - n * ${stepMs}::float8 * interval '1 millisecond' as at,
          case when n % 33 = 0 then 'failed' when n % 210 = 1 then 'cancelled' when n % 1999 = 0 then 'abandoned' else 'completed' end as state) t`;
      say(count - Math.max(0, left - perStatement));
    }
  } finally {
    await sql.end();
  }
}
