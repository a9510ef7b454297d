import { type TestDatabase, testDatabase } from '../../../scripts/testing/database.ts';
import { applyVerb } from '../index.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await testDatabase()));
afterAll(() => database.drop());

describe('among 20,000 waiting tasks', () => {
  beforeAll(async () => {
    await database.sql`
      insert into tasks (id, definition, queue, state, payload, max_attempts, retry, timeout_ms, run_at, ready_at, dispatch_at, submitted_by)
      select ('0198c0de-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'probe', 'default', 'pending', '{}', 1, '{}', 1000,
        now(), now(), '2099-01-01', 'user:test'
      from generate_series(1, 20000) n`;
    await database.sql`analyze tasks`;
  });

  it.each(['cancel', 'pause'] as const)('%s reads those that it is told of, and not all', async (verb) => {
    const ids = Array.from(
      { length: 100 },
      (_, n) => `0198c0de-0000-7000-8000-${String(n * 150 + 1).padStart(12, '0')}`,
    );
    const rollback = new Error('rollback');
    const read = database.sql.begin(async (tx) => {
      const rows = await applyVerb(tx, verb, ids, { by: 'key:test' });
      const [row] = await tx<{ n: number }[]>`
        select seq_tup_read + idx_tup_fetch as n from pg_stat_xact_user_tables where relname = 'tasks'`;
      expect(rows).toHaveLength(100);
      expect(row?.n).toBeLessThan(2_000);
      throw rollback;
    });
    await expect(read).rejects.toBe(rollback);
  });
});
