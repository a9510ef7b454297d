import { randomBytes } from 'node:crypto';
import { openDatabase, useDatabase } from '#lib/db/client';
import type { Sql } from '#lib/db/client';
import { testStack } from './environment.ts';
import { cloneTemplate, databaseUrl, dropDatabase } from './template.ts';

/** A database of the test's own. `drop` closes the pool, ends every other connection and removes the database. */
export type TestDatabase = {
  /** As the application connects. */
  url: string;
  /** As a superuser, for what the application may not do. */
  adminUrl: string;
  sql: Sql;
  drop(): Promise<void>;
};

/**
 * Makes a migrated database (a copy of the template, some 50 ms), makes it this process's `db()`, and sets the environment so that
 * `config()` is valid and names it. Call it once a file, in `beforeAll`, before anything reads `config()`; drop it in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const stack = testStack();
  const id = randomBytes(8).toString('hex');
  const name = `test_${id}`;
  await cloneTemplate(stack.adminUrl, name);
  const adminUrl = databaseUrl(stack.adminUrl, { database: name });
  const url = databaseUrl(adminUrl, { user: 'postgres', password: stack.ownerPassword });

  process.env.DATABASE_URL = url;
  // Nobody listens there: a test that needs the gateway starts its own.
  process.env.SUPABASE_URL = 'http://127.0.0.1:9';
  process.env.SUPABASE_PUBLISHABLE_KEY = 'sb_publishable_test';
  process.env.SUPABASE_SECRET_KEY = 'sb_secret_test';
  process.env.SUPABASE_JWT_SECRET = stack.jwtSecret;
  process.env.QUEUE_PREFIX = name;

  const sql = openDatabase(url, { max: 5, name: 'taskdeck-test' });
  useDatabase(sql);
  return {
    url,
    adminUrl,
    sql,
    async drop() {
      await sql.end({ timeout: 5 });
      await dropDatabase(stack.adminUrl, name);
    },
  };
}
